'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { resetPassword } from '#lib/access/admin.ts'
import { ownPath } from '#lib/access/origin.ts'
import { triesLeft } from '#lib/access/sign-in-limits.ts'
import { setTimeZoneOfOwner } from '#lib/workspaces/create.ts'
import { definePublicAction } from '#app/_server/action.ts'
import { refusalOf } from '#app/_server/auth-refusal.ts'
import { authForActions, database } from '#app/_server/server.ts'

const email = z.string().trim().max(320)
const password = z.string().max(1000)
const next = z.string().max(2000).nullish()

export type SignInAnswer = { to: string } | { triesLeft: number }

export const signIn = definePublicAction(
  z.strictObject({ email, password, remember: z.boolean(), next }),
  async (form): Promise<SignInAnswer> => {
    const body = { email: form.email, password: form.password, rememberMe: form.remember }
    try {
      await authForActions().api.signInEmail({ body, headers: await headers() })
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.code === 'wrong_credentials') return { triesLeft: await triesLeft(database(), form.email) }
      throw refusal
    }
    return { to: ownPath(form.next) }
  },
)

export const signUp = definePublicAction(
  z.strictObject({ name: z.string().trim().max(200), email, password, timeZone: z.string().max(100), next }),
  async (form): Promise<{ to: string }> => {
    try {
      const { user } = await authForActions().api.signUpEmail({
        body: { name: form.name, email: form.email, password: form.password },
        headers: await headers(),
      })
      await setTimeZoneOfOwner(database(), user.id, form.timeZone)
    } catch (error) {
      throw refusalOf(error)
    }
    return { to: ownPath(form.next) }
  },
)

export const setNewPassword = definePublicAction(
  z.strictObject({ token: z.string().max(200), password }),
  async (form) => resetPassword(database(), form.token, form.password),
)
