// How long a worker's tasks took in this workspace in the last seven days.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'

const SAMPLES = 1_000
const MAX_BIN = 32

export type Times = {
  samples: number
  medianMs: number | null
  p95Ms: number | null
  histogram: { fromMs: number; toMs: number; count: number }[]
}

/** From the newest 1,000 completed tasks. */
export async function timesOf(ctx: Ctx, worker: string): Promise<Times> {
  const { rows } = await ctx.tx.execute<{ ms: string }>(sql`
    select extract(epoch from finished_at - started_at) * 1000 as ms from tasks
    where workspace_id = ${ctx.workspaceId} and worker = ${worker} and status = 'completed'
      and id >= uuid_floor(now() - interval '7 days') and started_at is not null
    order by id desc limit ${SAMPLES}`)
  return describe(rows.map((row) => Math.max(0, Number(row.ms))).sort((a, b) => a - b))
}

function describe(sorted: number[]): Times {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  const median = at(0.5)
  const p95 = at(0.95)
  return {
    samples: sorted.length,
    medianMs: median === undefined ? null : Math.round(median),
    p95Ms: p95 === undefined ? null : Math.round(p95),
    histogram: histogramOf(sorted),
  }
}

/** Bins that double in width, from 1 ms on. */
function histogramOf(sorted: number[]): Times['histogram'] {
  const counts = new Map<number, number>()
  for (const ms of sorted) {
    const bin = Math.min(MAX_BIN, Math.max(0, Math.floor(Math.log2(Math.max(1, ms)))))
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  const bins = [...counts.keys()]
  if (bins.length === 0) return []
  const first = Math.min(...bins)
  const last = Math.max(...bins)
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const bin = first + index
    return { fromMs: bin === 0 ? 0 : 2 ** bin, toMs: 2 ** (bin + 1), count: counts.get(bin) ?? 0 }
  })
}
