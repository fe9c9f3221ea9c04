import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { getRunBoard } from '#lib/workflows/queries.ts'
import { readReport as reportWithText } from '#lib/workflows/report/read-report.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readBoard = cache((workspace: string, id: string) => inWorkspace(workspace, (ctx) => getRunBoard(ctx, id)))

export const readTimes = (workspace: string) => inWorkspace(workspace, workerTimes)

/** The report and the text it is about. */
export const readReport = (workspace: string, id: string) => inWorkspace(workspace, (ctx) => reportWithText(ctx, id))
