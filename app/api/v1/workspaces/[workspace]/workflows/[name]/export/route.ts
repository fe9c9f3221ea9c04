import { exportQuery, exportWorkflow } from '#lib/workflows/stored/sides.ts'
import { attachment } from '#app/_server/attachment.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { workflowParams } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'exportWorkflow',
    summary: 'A workflow as a file in YAML or JSON: its newest version, another one, or its draft.',
    action: 'run.read',
    params: workflowParams,
    query: exportQuery,
    noun: 'The workflow',
    responses: { 200: 'application/yaml' },
  },
  async ({ params, query, inWorkspace }) => {
    const { body, contentType, fileName } = await inWorkspace((ctx) => exportWorkflow(ctx, params.name, query))
    return new Response(body, {
      headers: { 'Content-Type': contentType, 'Content-Disposition': attachment(fileName) },
    })
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
