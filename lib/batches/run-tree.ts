// Runs and those that they carry out as steps, of whatever depth.
import { type SQL, sql } from 'drizzle-orm'

/** A query with `id` and the `root` that it belongs to. */
export function runTree(roots: SQL): SQL {
  return sql`
    with recursive tree as (
      select id, id as root from runs where ${roots}
      union all
      select c.id, tree.root from tree join runs c on c.parent_run_id = tree.id)
    select id, root from tree`
}
