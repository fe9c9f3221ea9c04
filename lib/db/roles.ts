// The roles that our connections act as. They belong to the whole server: other databases of ours may share them.
import type pg from 'pg'

export const ROLES = ['baton_app', 'baton_worker', 'baton_search'] as const

/** @throws Error with the statements for an administrator where the login may not create or grant the roles. */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  for (const role of ROLES) {
    if (await maySetRole(client, role)) continue
    try {
      await createAndGrant(client, role)
    } catch (error) {
      throw new Error(await adviceForAdministrator(client, error), { cause: error })
    }
  }
}

async function maySetRole(client: pg.ClientBase, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select case when current_setting('server_version_num')::int >= 160000
       then pg_has_role(current_user, oid, 'SET') else pg_has_role(current_user, oid, 'MEMBER') end as may
     from pg_roles where rolname = $1`,
    [role],
  )
  return rows[0]?.may ?? false
}

/** Several databases may be set up at once: whoever comes second finds the role there. */
async function createAndGrant(client: pg.ClientBase, role: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  for (let tries = 0; !(await maySetRole(client, role)); tries += 1) {
    try {
      await client.query(`grant ${role} to current_user`)
    } catch (error) {
      if (tries === 5 || !/concurrently updated/.test(String(error))) throw error
    }
  }
}

async function adviceForAdministrator(client: pg.ClientBase, error: unknown): Promise<string> {
  const { rows } = await client.query<{ login: string }>('select quote_ident(current_user) as login')
  const login = rows[0]?.login ?? 'current_user'
  return [
    `This database login may not set up the roles that keep workspaces apart (${error instanceof Error ? error.message : String(error)}).`,
    'Ask an administrator of the Postgres server to run these statements once, then start again:',
    ...ROLES.map((role) => `  create role ${role} nologin;`),
    `  grant ${ROLES.join(', ')} to ${login};`,
  ].join('\n')
}

/** @throws Error when queries would run past row-level security: as a superuser, a table owner or with BYPASSRLS. */
export async function refuseUnsafeRole(pool: pg.Pool | pg.ClientBase): Promise<void> {
  const { rows } = await pool.query<{ name: string; super: boolean; bypass: boolean; owner: boolean }>(
    `select current_user as name, rolsuper as super, rolbypassrls as bypass,
       exists (select from pg_class where relowner = pg_roles.oid and relnamespace = 'public'::regnamespace) as owner
     from pg_roles where rolname = current_user`,
  )
  const role = rows[0]
  const why = role?.super
    ? 'is a superuser'
    : role?.bypass
      ? 'may bypass row-level security'
      : role?.owner
        ? 'owns the tables'
        : null
  if (!role || why)
    throw new Error(
      `Refusing to serve: the database role "${role?.name}" ${why}, so one workspace could read another's data. ` +
        'Connections must act as baton_app or baton_worker; a pooler in between must keep the "role" start-up option.',
    )
}
