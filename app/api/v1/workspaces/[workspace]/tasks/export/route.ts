import { z } from 'zod'
import { MAX_PAGE, readTaskQuery, taskFilter, taskId } from '#lib/tasks/requests.ts'
import { attachment } from '#app/_server/attachment.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { EXPORT_FORMATS, exportTasks, MEDIA_TYPES } from '#app/_server/task-export.ts'

const exportQuery = taskFilter.extend({
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Only these tasks, joined by commas; then no other filter applies. */
  ids: z.array(taskId).min(1).max(MAX_PAGE).optional(),
})

export const GET = defineRoute(
  {
    name: 'exportTasks',
    summary:
      'Every task that a query gives, as a file: CSV for spreadsheets, JSON Lines with whole inputs and results.',
    action: 'task.read',
    params: workspaceParams,
    query: exportQuery,
    readQuery,
    responses: { 200: MEDIA_TYPES.csv },
  },
  async ({ query: { format, ids, ...query }, inWorkspace }) => {
    const { slug, date } = await inWorkspace(async (_, workspace) => ({
      slug: workspace.slug,
      date: new Date().toISOString().slice(0, 10),
    }))
    const body = await exportTasks(inWorkspace, ids ? { ids } : { query }, format)
    return new Response(body, {
      headers: {
        'Content-Type': MEDIA_TYPES[format],
        'Content-Disposition': attachment(`baton-tasks-${slug}-${date}.${format}`),
      },
    })
  },
)

function readQuery(search: URLSearchParams) {
  const rest = new URLSearchParams(search)
  rest.delete('format')
  rest.delete('ids')
  const filter = readTaskQuery(rest, { strict: true })
  if (!filter.success) return filter
  const { cursor, limit: _, ...query } = filter.data
  return exportQuery.safeParse({
    ...query,
    ...(cursor === undefined ? {} : { cursor }),
    ...(search.has('format') ? { format: search.get('format') } : {}),
    ...(search.has('ids') ? { ids: search.getAll('ids').flatMap((value) => value.split(',')) } : {}),
  })
}

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
