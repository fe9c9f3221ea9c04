// A workspace with a long history, written by SQL past triggers and policies: the same mixture whatever its length.
// Ten tasks, the oldest, have a word that no later one has, and twenty share a rare one.
import pg from 'pg'
import { v7 as newId } from 'uuid'

export type History = {
  workspaceId: string
  userId: string
  keyId: string
  count: number
  /** Half of the tasks are older. */
  middleId: string
}

export const WORDS = {
  frequent: 'invoice',
  /** In 3 of 100 tasks; with `prefix` begin three words, which 5 of 100 have. */
  middling: 'harbour',
  prefix: 'har',
  rare: 'zeppelin',
  old: 'typewriter',
  nowhere: 'xylophone',
}
const DAYS = 200
const TEXTS = 5_000
const BLOCK = 10_000

/** `superuserUrl` leads to a migrated, empty database. */
export async function seedHistory(superuserUrl: string, count: number): Promise<History> {
  const history = { workspaceId: newId(), userId: newId(), keyId: newId(), count, middleId: '' }
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off;
      set maintenance_work_mem = '768MB'; set work_mem = '128MB'`)
    const indexes = await dropIndexes(client)
    await client.query(owners(history))
    await client.query(documents(history))
    await client.query(tasks(history))
    await client.query(traces(history))
    await client.query(searchRows(history))
    for (const definition of indexes) await client.query(definition)
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
    const { rows } = await client.query<{ id: string }>(`select id from seeded where n = ${count / 2}`)
    return { ...history, middleId: rows[0]?.id ?? '' }
  } finally {
    await client.end()
  }
}

/** Built again at the end, which takes a fraction of the time. Constraints keep theirs. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname in ('tasks', 'task_tags', 'events', 'search') and t.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

function owners({ workspaceId, userId, keyId }: History): string {
  return `
    insert into users (id, name, email) values ('${userId}', 'Ada', 'ada@example.com');
    insert into workspaces (id, name, slug) values ('${workspaceId}', 'Long', 'long');
    insert into members (id, organization_id, user_id, role) values ('${newId()}', '${workspaceId}', '${userId}', 'owner');
    insert into api_keys (id, workspace_id, name, prefix, last4, sha256, scopes)
      values ('${keyId}', '${workspaceId}', 'Import', 'bt_aaaa', 'aaaa', '\\x00', '{run}')`
}

/** Forty words each, the words with the skew of real text. */
function documents({ workspaceId }: History): string {
  return `
    select setseed(0.42);
    create temp table doc as
      select n, 'The ' || string_agg('word' || floor(4000 * power(random(), 3))::int, ' ')
        || case when n % 2 = 0 then ' ${WORDS.frequent}' else '' end
        || case when n % 33 = 0 then ' ${WORDS.middling}' else '' end
        || case when n % 97 = 0 then ' ${WORDS.prefix}vest' when n % 89 = 0 then ' ${WORDS.prefix}ness' else '' end as body
      from generate_series(0, ${TEXTS - 1}) n, generate_series(1, 40) w group by n;
    alter table doc add sha256 bytea, add document tsvector;
    update doc set sha256 = sha256(body::bytea), document = search_document('', body, null, null);
    create unique index on doc (n);
    insert into texts (workspace_id, sha256, body) select '${workspaceId}', sha256, body from doc`
}

const id = (count: number): string => `(lpad(to_hex(
    (extract(epoch from now()) * 1000)::bigint - ((${count} - n)::float8 * ${DAYS * 86_400_000} / ${count})::bigint
  ), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid`
const createdAt = (count: number): string =>
  `now() - ((${count} - n)::float8 * ${DAYS * 86_400} / ${count}) * interval '1 second'`

function tasks({ workspaceId, userId, keyId, count }: History): string {
  return `
    create temp table seeded as
      select n, ${id(count)} as id, ${createdAt(count)} as at,
        case when n % 100 < 90 then 'completed' when n % 100 < 95 then 'failed' when n % 100 < 98 then 'cancelled'
          when n % 100 < 99 then 'blocked' else 'pending' end as status,
        (array['document-analyzer', 'sentiment-analyzer', 'translator', 'summarizer', 'question-generator', 'category-classifier'])
          [1 + abs(hashint4(n) % 6)] as worker
      from generate_series(1, ${count}) n;
    insert into tasks (id, workspace_id, worker, status, reason, title, external_id, submitted_by, api_key_id, engine,
        priority, options, text_sha256, preview, epoch, seq, attempts_used, result, error, created_at, started_at, finished_at)
      select s.id, '${workspaceId}', s.worker, s.status, case when s.status = 'blocked' then 'needs_model' end,
        left(d.body, 60), case when s.n % 3 = 0 then 'order-' || s.n end,
        case when s.n % 4 > 0 then '${userId}'::uuid end, case when s.n % 4 = 0 then '${keyId}'::uuid end,
        'auto', case when s.n % 50 = 0 then 'urgent' when s.n % 20 = 0 then 'high' else 'normal' end, '{}',
        d.sha256, left(d.body, 200), 1, 3, 1,
        case when s.status = 'completed' then '{"summary": "A short summary of the text."}'::jsonb end,
        case when s.status = 'failed' then '{"code": "provider_unavailable", "message": "The provider had a fault."}'::jsonb end,
        s.at, case when s.status <> 'pending' then s.at + interval '1 second' end,
        case when s.status in ('completed', 'failed', 'cancelled') then s.at + interval '5 seconds' end
      from seeded s join doc d on d.n = s.n % ${TEXTS};
    insert into task_tags (workspace_id, task_id, tag)
      select '${workspaceId}', id, case when n % 10 = 0 then 'monthly' else 'batch-' || n / 1000 end from seeded where n % 2 = 0`
}

/** What each task left behind: an attempt and its events, and a model call for every fourth. */
function traces({ workspaceId }: History): string {
  return `
    insert into attempts (workspace_id, task_id, epoch, engine, outcome, started_at, finished_at)
      select '${workspaceId}', id, 1, 'rules', 'completed', at, at + interval '4 seconds' from seeded where status <> 'pending';
    insert into calls (id, workspace_id, task_id, epoch, state, provider, model, endpoint_host, mode, input_tokens, output_tokens, started_at, finished_at)
      select id, '${workspaceId}', id, 1, 'settled', 'openai', 'gpt-4.1-mini', 'api.openai.com', 'json_schema', 500, 200, at, at
      from seeded where n % 4 = 0;
    insert into events (workspace_id, task_id, seq, type, at)
      select '${workspaceId}', id, seq, (array['submitted', 'started', 'completed'])[seq], at
      from seeded, generate_series(1, 3) seq where seq = 1 or status = 'completed'`
}

function searchRows({ workspaceId, count }: History): string {
  return `
    insert into search_blocks (workspace_id, first_id, tasks)
      select '${workspaceId}', case when n = 0 then '00000000-0000-0000-0000-000000000000' else id end, ${BLOCK}
      from (select n - 1 as n, id from seeded) s where n % ${BLOCK} = 0 order by n;
    insert into search (workspace_id, task_id, block, seq, document)
      select '${workspaceId}', s.id, (s.n - 1) / ${BLOCK} + b.id, 3, d.document
        || case when s.n <= 10 then to_tsvector('simple', '${WORDS.old}') else '' end
        || case when s.n % ${Math.floor(count / 20)} = 0 then to_tsvector('simple', '${WORDS.rare}') else '' end
      from seeded s join doc d on d.n = s.n % ${TEXTS}, (select min(id) as id from search_blocks) b order by s.n;
    insert into search_progress (id, folded_until) values (1, now()) on conflict (id) do update set folded_until = now()`
}
