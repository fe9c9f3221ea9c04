'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { deleteDocument } from '#lib/documents/delete.ts'

export const removeDocument = defineWorkspaceAction(z.strictObject({ id: z.uuid() }), (ctx, { id }) =>
  deleteDocument(ctx, id),
)
