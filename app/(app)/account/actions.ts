'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { revokeOtherSessions, revokeSession } from '#lib/access/sessions.ts'
import { NotFound } from '#lib/errors.ts'
import { defineAction } from '#app/_server/action.ts'
import { refusalOf } from '#app/_server/auth-refusal.ts'
import { authForActions, database } from '#app/_server/server.ts'

const password = z.string().max(1000)

export const rename = defineAction(z.strictObject({ name: z.string().trim().max(200) }), async ({ name }) => {
  try {
    await authForActions().api.updateUser({ body: { name }, headers: await headers() })
  } catch (error) {
    throw refusalOf(error)
  }
  return { name }
})

/** Ends every other session and gives this one a new cookie. */
export const changePassword = defineAction(
  z.strictObject({ currentPassword: password, password }),
  async ({ currentPassword, password: newPassword }) => {
    try {
      const body = { currentPassword, newPassword, revokeOtherSessions: true }
      await authForActions().api.changePassword({ body, headers: await headers() })
    } catch (error) {
      throw refusalOf(error)
    }
    return null
  },
)

export const endSession = defineAction(z.strictObject({ id: z.uuid() }), async ({ id }, { user }) => {
  if (!(await revokeSession(database(), user.id, id))) throw new NotFound('This session')
  return null
})

export const endOtherSessions = defineAction(z.strictObject({}), async (_, { user, sessionId }) => ({
  ended: await revokeOtherSessions(database(), user.id, sessionId),
}))
