import { getRun } from '#lib/workflows/queries.ts'
import { reportOf } from '#lib/workflows/report.ts'
import { REPORT_MEDIA_TYPES, reportExport, reportQuery } from '#lib/workflows/report-export.ts'
import { attachment } from '#app/_server/attachment.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getRunReport',
    summary: 'The report of a run as it stands, as Markdown or JSON, whole or of chosen parts.',
    action: 'run.read',
    params: itemParams,
    query: reportQuery,
    noun: 'The run',
    responses: { 200: REPORT_MEDIA_TYPES.markdown },
  },
  async ({ params, query, inWorkspace }) => {
    const report = await inWorkspace(async (ctx) => reportOf(await getRun(ctx, params.id)))
    const { body, contentType, fileName } = reportExport(report, query)
    return new Response(body, {
      headers: { 'Content-Type': contentType, 'Content-Disposition': attachment(fileName) },
    })
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
