import { ownOrigins } from '#lib/env.ts'
import { readReport } from '#lib/workflows/report/read-report.ts'
import { REPORT_MEDIA_TYPES, reportExport, reportQuery } from '#lib/workflows/report/export.ts'
import { attachment } from '#app/_server/attachment.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getRunReport',
    summary: 'The report of a run as it stands, as Markdown, Word file, PDF or JSON, whole or of chosen parts.',
    action: 'run.read',
    params: itemParams,
    query: reportQuery,
    noun: 'The run',
    responses: { 200: REPORT_MEDIA_TYPES.markdown },
  },
  async ({ params, query, inWorkspace }) => {
    const { report, frame } = await inWorkspace(async (ctx, workspace) => ({
      report: (await readReport(ctx, params.id)).report,
      frame: { workspace: workspace.name, address: addressOfRun(workspace.slug, params.id) },
    }))
    const { body, contentType, fileName } = await reportExport(report, query, frame)
    return new Response(body, {
      headers: { 'Content-Type': contentType, 'Content-Disposition': attachment(fileName) },
    })
  },
)

/** By the address that people use, where the settings name one; else by that of this machine. */
function addressOfRun(slug: string, id: string): string | null {
  const [origin] = ownOrigins()
  return origin === undefined ? null : `${origin}/w/${slug}/workflows/runs/${id}`
}

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
