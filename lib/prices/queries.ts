// Reads the price book.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { iso } from '#lib/tasks/summary.ts'
import { PRECEDENCE, priceInForce } from './in-force.ts'
import type { Price, PriceBook } from './shapes.ts'

/** What the model's tokens cost now at this endpoint; null without a price. The caller has checked who asks. */
export async function priceNow(
  { tx }: Ctx,
  { model, endpointHost }: { model: string; endpointHost: string },
): Promise<Pick<Price, 'inputMicros' | 'outputMicros'> | null> {
  const { rows } = await tx.execute<{ input_micros: string; output_micros: string }>(
    priceInForce(sql`${model}`, sql`${endpointHost}`, sql`now()`),
  )
  return rows[0] ? { inputMicros: Number(rows[0].input_micros), outputMicros: Number(rows[0].output_micros) } : null
}

type PriceRow = {
  id: string
  model: string
  effective_from: string
  input_micros: string
  cached_micros: string | null
  output_micros: string
  endpoint_host: string | null
  source: string | null
  created_by: string | null
  created_at: string
  standing: Price['standing']
}

/** @throws Forbidden */
export async function readPriceBook(ctx: Ctx): Promise<PriceBook> {
  requireAccess(ctx, 'price.read')
  const { rows } = await ctx.tx.execute<PriceRow>(sql`
    select p.id, p.model, p.effective_from, p.input_micros, p.cached_micros, p.output_micros, p.endpoint_host, p.source,
      u.name as created_by, p.created_at, case when p.effective_from > now() then 'later'
        when p.id = first_value(p.id) over (partition by p.model, p.effective_from > now()
          order by ${PRECEDENCE}) then 'now' else 'earlier' end as standing
    from prices p left join users u on u.id = p.created_by
    order by (p.source is null) desc, p.model, p.effective_from desc, p.id desc limit 1000`)
  const { rows: called } = await ctx.tx.execute<{ model: string }>(sql`
    select distinct c.model from calls c
    where c.workspace_id = ${ctx.workspaceId} and c.started_at > now() - interval '30 days'
      and not exists (${priceInForce(sql`c.model`, sql`c.endpoint_host`, sql`now()`)})
    order by 1 limit 50`)
  return { prices: rows.map(priceOf), unpriced: called.map(({ model }) => model) }
}

function priceOf(row: PriceRow): Price {
  return {
    id: row.id,
    model: row.model,
    effectiveFrom: iso(row.effective_from),
    inputMicros: Number(row.input_micros),
    cachedMicros: row.cached_micros === null ? null : Number(row.cached_micros),
    outputMicros: Number(row.output_micros),
    endpointHost: row.endpoint_host,
    source: row.source,
    createdBy: row.created_by,
    createdAt: iso(row.created_at),
    standing: row.standing,
  }
}
