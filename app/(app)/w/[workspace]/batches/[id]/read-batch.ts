import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { getBatch } from '#lib/batches/queries.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readBatch = cache((workspace: string, id: string) => inWorkspace(workspace, (ctx) => getBatch(ctx, id)))
