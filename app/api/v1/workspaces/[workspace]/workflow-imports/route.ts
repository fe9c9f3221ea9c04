import { z } from 'zod'
import { stepName } from '#lib/workflows/definition.ts'
import { checkImport, decodeImport, importWorkflow, MAX_IMPORT } from '#lib/workflows/stored/import.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { readBytes } from '#app/_server/request-body.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { importCheck, importedWorkflow } from '#app/_server/workflow-schemas.ts'

const yes = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false)

const query = z
  .strictObject({
    /** Names the workflow where the file does not. */
    file: z.string().max(300).optional(),
    name: stepName.optional(),
    /** The workflow whose draft it becomes, and the revision that is replaced. */
    draftOf: stepName.optional(),
    revision: z.coerce.number().int().min(1).optional(),
    incomplete: yes,
    /** Only tells what would be imported. */
    check: yes,
  })
  .refine(({ draftOf, revision }) => (draftOf === undefined) === (revision === undefined), {
    path: ['revision'],
    message: 'Send "draftOf" with "revision", the one of the draft that you have looked at.',
  })

export const POST = defineRoute(
  {
    name: 'importWorkflow',
    summary:
      'Imports a workflow from a file in YAML or JSON, which is the body as it is: as a new workflow, or as the draft of another one. With check=true it is only looked at. What is wrong is told with its line; incomplete=true stores it all the same.',
    action: 'workflow.change',
    params: workspaceParams,
    query,
    maxBytes: MAX_IMPORT,
    responses: { 200: importCheck, 201: importedWorkflow },
  },
  async ({ request, params, query: asked, inWorkspace, verify }) => {
    await verify()
    const text = decodeImport(await readBytes(request, MAX_IMPORT))
    const file = { text, fileName: asked.file }
    if (asked.check) return { status: 200, body: await inWorkspace((ctx) => checkImport(ctx, file)) }
    const { name, draftOf, revision, incomplete } = asked
    const target = draftOf === undefined || revision === undefined ? undefined : { name: draftOf, revision }
    const imported = await inWorkspace((ctx) => importWorkflow(ctx, { ...file, name, draftOf: target, incomplete }))
    const headers = { Location: `/api/v1/workspaces/${params.workspace}/workflows/${imported.name}` }
    return { status: 201, body: imported, headers }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
