// A cap can only hold what has a price. Whoever starts something with a cap over a model without one says so first.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { SILENT_AFTER_MS } from '#lib/pools/capacity.ts'
import { priceInForce } from '#lib/prices/in-force.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'

/** @throws InvalidInput when a model that is likely to be called has no price now. */
export async function refuseUnpriced(ctx: Ctx, definition?: WorkflowDefinition): Promise<void> {
  const models = await unpricedModels(ctx, definition)
  const [first] = models
  if (first === undefined) return
  throw new InvalidInput([
    {
      path: 'unpriced',
      message: `${first}${models.length > 1 ? ` and ${models.length - 1} more` : ''} has no price, so a cap cannot hold its calls. Add its price to the price book, or say that it may be called without being counted (unpriced=true).`,
    },
  ])
}

/** Of those that the steps name, and that worker processes have connected now. */
async function unpricedModels({ tx }: Ctx, definition: WorkflowDefinition | undefined): Promise<string[]> {
  const { rows } = await tx.execute<{ model: string }>(sql`
    select distinct w.model from (
      select coalesce(m.model, p.model) as model, p.endpoint_host as host from worker_processes p
      join unnest(${sql.param(modelsOf(definition))}::text[]) as m(model) on true
      where p.model_on and p.stopped_at is null and p.lost_at is null
        and p.heartbeat_at > now() - ${SILENT_AFTER_MS} * interval '1 ms') w
    where w.model is not null and not exists (${priceInForce(sql`w.model`, sql`w.host`, sql`clock_timestamp()`)})
    order by 1 limit 20`)
  return rows.map(({ model }) => model)
}

/** Null is the connected one. */
function modelsOf(definition: WorkflowDefinition | undefined): (string | null)[] {
  if (!definition) return [null]
  const named = definition.steps.flatMap((step): (string | null)[] => {
    if (step.kind === 'workflow') return [null]
    const asks = (step.kind === 'worker' || step.kind === 'map') && step.engine !== 'rules'
    return asks ? [step.model ?? null] : []
  })
  return [...new Set(named)]
}
