import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { getRun } from '#lib/workflows/queries.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readRun = cache((workspace: string, id: string) => inWorkspace(workspace, (ctx) => getRun(ctx, id)))
