'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { createApiKey, newKey, revokeApiKey } from '#lib/access/keys.ts'

export const makeKey = defineWorkspaceAction(newKey, createApiKey)

export const revokeKey = defineWorkspaceAction(z.strictObject({ id: z.uuid() }), (ctx, { id }) => revokeApiKey(ctx, id))
