// The rows of a batch as a file, streamed page by page as fast as the reader takes them, also while it is running.
import { may } from '#lib/access/policy.ts'
import { type ReadItem, readItems } from '#lib/batches/list-items.ts'
import { getBatch } from '#lib/batches/queries.ts'
import type { ExportFormat } from '#lib/batches/requests.ts'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import type { Ctx } from '#lib/context.ts'
import { resultMarkdown } from '#lib/workers/markdown.ts'
import { outputSchema, workerNamed } from '#lib/workers/registry.ts'
import { readReport } from '#lib/workflows/report/read-report.ts'
import { reportMarkdown } from '#lib/workflows/report/markdown.ts'
import { BYTE_ORDER_MARK, csvLines } from './csv-lines.ts'
import type { InWorkspace } from './identity.ts'
import { type ZipFile, zipStream } from './zip-stream.ts'

export const BATCH_MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  zip: 'application/zip',
}

/** Rows at a time; a page of whole reports may be long. */
const PAGE: Record<ExportFormat, number> = { csv: 200, jsonl: 100, zip: 25 }

type Export = { batch: BatchDetail; pages: AsyncGenerator<ReadItem[]>; inWorkspace: InWorkspace }

/** The batch is read before the answer begins, so that a refusal is still an error and not a broken file. */
export async function exportBatch(inWorkspace: InWorkspace, id: string, format: ExportFormat) {
  const batch = await inWorkspace((ctx) => getBatch(ctx, id))
  const given: Export = { batch, pages: pagesOf(inWorkspace, id, PAGE[format]), inWorkspace }
  const parts = {
    csv: () => encoded(csvParts(given)),
    jsonl: () => encoded(jsonParts(given)),
    zip: () => zipStream(zipFiles(given)),
  }
  return { batch, body: streamOf(parts[format]()) }
}

async function* pagesOf(inWorkspace: InWorkspace, id: string, limit: number): AsyncGenerator<ReadItem[]> {
  for (let after = 0; ;) {
    const page = await inWorkspace((ctx) => readItems(ctx, id, { after, limit }))
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < limit) return
    after = last.item.row
  }
}

async function* csvParts({ batch, pages }: Export): AsyncGenerator<string> {
  const names = resultNames(batch)
  yield BYTE_ORDER_MARK + csvLines([head(batch, names)])
  for await (const page of pages) yield csvLines(page.map((read) => line(batch, names, read)))
}

function head({ columns, target }: BatchDetail, names: readonly string[]): string[] {
  const results = target.kind === 'worker' ? names.map((name) => `result_${name}`) : ['run_id']
  return [
    'row',
    ...(columns ?? ['file']),
    'state',
    ...results,
    'error',
    'tokens',
    'cost_usd',
    'waited_ms',
    'worked_ms',
    'task_id',
  ]
}

function line(
  { target }: BatchDetail,
  names: readonly string[],
  { item, cells }: ReadItem,
): (string | number | null)[] {
  const fields = typeof item.result === 'object' && item.result !== null ? (item.result as Record<string, unknown>) : {}
  const results = target.kind === 'worker' ? names.map((name) => cellOf(fields[name])) : [item.runId]
  const cost = item.costMicros === null ? null : (item.costMicros / 1_000_000).toFixed(6)
  return [
    item.row,
    ...(cells ?? [item.title]),
    item.reason === null ? item.state : `${item.state}: ${item.reason}`,
    ...results,
    item.error?.message ?? null,
    item.tokens,
    cost,
    item.waitedMs,
    item.workedMs,
    item.taskId,
  ]
}

/** The fields of the worker's results, a column each. */
function resultNames({ target }: BatchDetail): string[] {
  if (target.kind !== 'worker') return []
  const { properties } = outputSchema(workerNamed(target.name)) as { properties?: Record<string, unknown> }
  return Object.keys(properties ?? {})
}

function cellOf(value: unknown): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
}

async function* jsonParts({ batch, pages }: Export): AsyncGenerator<string> {
  for await (const page of pages)
    yield page
      .map(({ item, cells, info }) => {
        // A list, since two columns of a table may have names that mean something to a program.
        const columns = batch.columns?.map((name, index) => [name, cells?.[index] ?? ''])
        return `${JSON.stringify({ ...item, info, cells: columns })}\n`
      })
      .join('')
}

/** A Markdown file for each row that has a result, then the table of all rows. */
async function* zipFiles({ batch, pages, inWorkspace }: Export): AsyncGenerator<ZipFile> {
  const names = resultNames(batch)
  const lines = [csvLines([head(batch, names)])]
  for await (const page of pages) {
    lines.push(csvLines(page.map((read) => line(batch, names, read))))
    for (const read of page) {
      const body = await inWorkspace((ctx) => documentOf(ctx, batch, read))
      if (body !== null) yield { name: `results/${fileName(batch, read)}`, body }
    }
  }
  yield { name: 'table.csv', body: BYTE_ORDER_MARK + lines.join('') }
}

async function documentOf(ctx: Ctx, { target }: BatchDetail, { item, info }: ReadItem): Promise<string | null> {
  if (item.runId !== null && item.state === 'completed' && may(ctx.access, 'run.read'))
    return reportMarkdown((await readReport(ctx, item.runId)).report)
  return item.result === null ? null : resultMarkdown(target.name, item.result, info)
}

/** Of our own making: whatever stands in the text cannot lead out of the folder. */
function fileName({ size }: BatchDetail, { item }: ReadItem): string {
  const words = item.title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `${String(item.row).padStart(String(size).length, '0')}${words === '' ? '' : `-${words.toLowerCase()}`}.md`
}

async function* encoded(parts: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const part of parts) yield encoder.encode(part)
}

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await parts.return(undefined)),
    },
    { highWaterMark: 0 },
  )
}
