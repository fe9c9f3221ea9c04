// The tasks that wait for room in a budget, as their last event says.
import { type SQL, sql } from 'drizzle-orm'

/** A query with `id`, the `needed` micros (null for a model without a price), `model` and `host` of the next call. */
export function waitingIn(budgetId: SQL): SQL {
  return sql`
    select t.id, t.batch_id, (e.data ->> 'neededMicros')::bigint as needed, e.data ->> 'model' as model,
      e.data ->> 'endpointHost' as host
    from tasks t left join lateral (
      select data from events where task_id = t.id and type = 'blocked' order by seq desc limit 1) e on true
    where t.budget_id = ${budgetId} and t.reason = 'budget'`
}
