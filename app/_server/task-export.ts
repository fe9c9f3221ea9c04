// Tasks as lines of a file, streamed page by page as fast as the reader takes them.
import { exportPage, type ExportedTask } from '#lib/tasks/export.ts'
import type { TaskSelection } from '#lib/tasks/requests.ts'
import { BYTE_ORDER_MARK, csvLines } from './csv-lines.ts'
import type { InWorkspace } from './identity.ts'

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
}

/** A page of whole texts may hold 20 MB. */
const PAGE: Record<ExportFormat, number> = { csv: 200, jsonl: 50 }

const COLUMNS: Record<string, (task: ExportedTask) => string | number | null> = {
  id: (task) => task.id,
  title: (task) => task.title,
  worker: (task) => task.worker,
  status: (task) => task.status,
  reason: (task) => task.reason,
  priority: (task) => task.priority,
  engine: (task) => task.info?.engine.kind ?? task.engine,
  model: (task) => task.info?.engine.model ?? null,
  tags: (task) => task.tags.join(', '),
  external_id: (task) => task.externalId,
  submitted_by: (task) => task.submittedBy?.name ?? null,
  created_at: (task) => task.createdAt,
  started_at: (task) => task.startedAt,
  finished_at: (task) => task.finishedAt,
  due_at: (task) => task.dueAt,
  waited_ms: (task) => task.waitedMs,
  worked_ms: (task) => task.workedMs,
  attempts_used: (task) => task.attemptsUsed,
  tokens: (task) => task.tokens,
  cost_usd: (task) => (task.costMicros === null ? null : (task.costMicros / 1_000_000).toFixed(6)),
  preview: (task) => task.preview,
  error_code: (task) => task.error?.code ?? null,
  error_message: (task) => task.error?.message ?? null,
  result: (task) => (task.result === null ? null : JSON.stringify(task.result)),
}

/** The first page is read before the answer begins, so that a refusal is still an error and not a broken file. */
export async function exportTasks(
  inWorkspace: InWorkspace,
  selection: TaskSelection,
  format: ExportFormat,
): Promise<ReadableStream<Uint8Array>> {
  const read = (before: string | null) =>
    inWorkspace((ctx) => exportPage(ctx, selection, { before, limit: PAGE[format], withText: format === 'jsonl' }))
  const encoder = new TextEncoder()
  let page: ExportedTask[] | null = await read(null)
  let before = ''
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        if (format === 'csv') controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLines([Object.keys(COLUMNS)])))
      },
      pull: async (controller) => {
        const tasks = page ?? (await read(before))
        page = null
        const last = tasks.at(-1)
        if (last) controller.enqueue(encoder.encode(lines(tasks, format)))
        if (!last || tasks.length < PAGE[format]) return controller.close()
        before = last.id
      },
    },
    { highWaterMark: 0 },
  )
}

function lines(tasks: ExportedTask[], format: ExportFormat): string {
  if (format === 'jsonl') return tasks.map((task) => `${JSON.stringify(task)}\n`).join('')
  return csvLines(tasks.map((task) => Object.values(COLUMNS).map((column) => column(task))))
}
