import type { Ctx } from '#lib/context.ts'
import { readFindings } from './findings.ts'
import { getRun } from '../queries.ts'
import { reportOf } from './report.ts'
import type { Report } from './shape.ts'

/** The report of a run as it stands, and the text it is about. @throws Forbidden; NotFound */
export async function readReport(ctx: Ctx, id: string): Promise<{ report: Report; text: string }> {
  const run = await getRun(ctx, id)
  return { report: reportOf(run, await readFindings(ctx, run)), text: run.text }
}
