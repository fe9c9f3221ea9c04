// Which price of the book counts for a call.
import { type SQL, sql } from 'drizzle-orm'

/** An operator's price goes before one that comes with Baton, however old it is. */
export const PRECEDENCE = sql`(p.source is null) desc, p.effective_from desc, p.id desc`

/** A query for the row of `prices` that a model's call at this time goes by; none while the model is unpriced. */
export function priceInForce(model: SQL, host: SQL, at: SQL): SQL {
  return sql`select p.* from prices p where p.model = ${model} and p.effective_from <= ${at}
    and (p.endpoint_host is null or p.endpoint_host = ${host}) order by ${PRECEDENCE} limit 1`
}
