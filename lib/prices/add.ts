// Adds a price to the book. None is ever changed: a model's next price counts from its time on, calls made before keep
// what they cost.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type PriceRequest, priceRequest } from './requests.ts'

/** @throws Forbidden; InvalidInput, also for a time that has passed. @returns its id */
export async function addPrice(ctx: Ctx, request: PriceRequest): Promise<string> {
  requireAccess(ctx, 'price.change')
  const parsed = priceRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { model, inputPerMillion, cachedPerMillion, outputPerMillion, effectiveFrom } = parsed.data
  const from = effectiveFrom === undefined ? sql`now()` : sql`${effectiveFrom}::timestamptz`
  const cached = cachedPerMillion === undefined ? null : microsOf(cachedPerMillion)
  const { rows } = await ctx.tx.execute<{ id: string }>(sql`
    insert into prices (id, model, effective_from, input_micros, cached_micros, output_micros, created_by)
    select ${newId()}::uuid, ${model}, ${from}, ${microsOf(inputPerMillion)}::bigint, ${cached}::bigint,
      ${microsOf(outputPerMillion)}::bigint, ${ctx.actor.kind === 'user' ? ctx.actor.id : null}::uuid
    where ${from} > clock_timestamp() - interval '1 minute'
    returning id`)
  const added = rows[0]
  if (!added)
    throw new InvalidInput([
      {
        path: 'effectiveFrom',
        message: 'This time has passed: what calls have cost does not change. Choose a later one.',
      },
    ])
  return added.id
}

function microsOf(dollars: number): number {
  return Math.round(dollars * 1_000_000)
}
