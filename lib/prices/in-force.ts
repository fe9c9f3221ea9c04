// Which price of the book counts for a call.
import { type SQL, sql } from 'drizzle-orm'

/** A query for the row of `prices` that a model's call at this time goes by; none while the model is unpriced. */
export function priceInForce(model: SQL, at: SQL): SQL {
  return sql`select p.* from prices p where p.model = ${model} and p.effective_from <= ${at}
    order by p.effective_from desc, p.id desc limit 1`
}
