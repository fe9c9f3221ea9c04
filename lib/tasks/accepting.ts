// The statement that accepts a task: text, place in line, task, tags, event, idempotency key and ticket, all or none.
import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import { statement } from '#lib/db/statement.ts'
import { placesTaken, priorityFor } from '#lib/queue/tags.ts'
import type { Sending } from '#lib/queue/sending.ts'
import type { AcceptedRow } from './accepted.ts'
import { announcement } from './announce.ts'
import type { Priority } from './states.ts'

export type Accepting = {
  id: string
  workspaceId: string
  worker: string
  title: string
  externalId: string | null
  userId: string | null
  apiKeyId: string | null
  replayOf: string | null
  engine: string
  dueAt: string | null
  notBefore: string | null
  options: string
  sha256: Buffer
  text: string
  preview: string
  tags: string
  actor: string
  asked: string
  /** With an idempotency key only. */
  route?: string
  key?: string
  bodyHash?: Buffer
}

type Accepted = Pick<AcceptedRow, 'id' | 'created_at' | 'due_at' | 'replay_of' | 'options' | 'actor' | 'data' | 'at'>

/** The workspace's line in this queue is locked until the transaction ends. Fails when the queue takes no ticket. */
export function acceptStatement(priority: Priority, sending: Sending, keyed: boolean) {
  return statement<Accepting, Accepted>((value) => {
    const own = value('workspaceId')
    const line = { queue: value('worker'), workspaceId: own, priority, count: 1 }
    return sql`
    with x as (insert into texts (workspace_id, sha256, body) values (${own}, ${value('sha256')}, ${value('text')})
      on conflict do nothing returning 1),
    ${placesTaken(line, TEXT_FIRST)},
    t as (insert into tasks (id, workspace_id, worker, title, external_id, submitted_by, api_key_id, replay_of, engine,
        priority, due_at, not_before, options, text_sha256, preview, tag, seq)
      select ${value('id')}, ${own}, ${value('worker')}, ${value('title')}, ${value('externalId')},
        ${value('userId')}::uuid, ${value('apiKeyId')}::uuid,
        (select id from tasks where workspace_id = ${own} and id = ${value('replayOf')}::uuid),
        ${value('engine')}, ${priority}, ${value('dueAt')}::timestamptz, ${value('notBefore')}::timestamptz,
        ${value('options')}::jsonb, ${value('sha256')}, ${value('preview')}, place.start, 1
      from place returning id, created_at::text, due_at::text, replay_of, options),
    g as (insert into task_tags (workspace_id, task_id, tag)
      select ${own}, id, tag from t, jsonb_array_elements_text(${value('tags')}::jsonb) as tag),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      select ${own}, id, 1, 'submitted', ${value('actor')}::jsonb, ${value('asked')}::jsonb from t
      returning actor, data, at::text),
    ${keyed ? keyKept(value) : sql``}
    ${sending(ticketOf(value('engine'), value('notBefore')))},
    n as (select ${announcement(own)} from t)
    select t.*, e.*, (select count(*) from n) as announced from t, e where ${ACCEPTED}`
  })
}

/** A text that another transaction is storing is waited for without holding the line. */
const TEXT_FIRST = sql`(select count(*) from x) >= 0`

/** Read before the rows, so that it also fails where there are none. */
const ACCEPTED = sql`(case when (select count(*) from ticket) = 1 then '1'
      else 'the queue has no clock (run the migrations) or refused the ticket' end)::int = 1`

function keyKept(value: (name: 'workspaceId' | 'route' | 'key' | 'bodyHash') => Placeholder | SQL): SQL {
  return sql`k as (insert into idempotency_keys (workspace_id, route, key, body_hash, task_id)
      select ${value('workspaceId')}, ${value('route')}, ${value('key')}, ${value('bodyHash')}, id from t),`
}

function ticketOf(engine: Placeholder | SQL, startAfter: Placeholder | SQL): SQL {
  return sql`select json_agg(json_build_object('id', t.id, 'priority', ${priorityFor(sql`place.start`, sql`place.base`)},
    'data', json_build_object('taskId', t.id), 'groupId', nullif(${engine}::text, 'rules'), 'startAfter', ${startAfter}::text))
    from t, place`
}
