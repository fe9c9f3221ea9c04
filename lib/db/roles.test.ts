import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { migrate } from './migrate.ts'
import { refuseUnsafeRole } from './roles.ts'
import { databaseUrl } from './test-server.ts'

const server = inject('server')

test('a login that may not create roles is told what an administrator must run, and then it works', async () => {
  const login = `${server.login}_plain`
  const password = randomBytes(8).toString('hex')
  const admin = new pg.Client({ connectionString: server.superuserUrl })
  await admin.connect()
  await admin.query(`create role ${login} login password '${password}'`)
  await admin.query(`create database ${login} owner ${login}`)
  const url = databaseUrl({ ...server, login, password }, login)
  const refusal = await migrate(url).then(
    () => 'it worked',
    (error: Error) => error.message,
  )
  expect(refusal).toMatch('Ask an administrator')
  expect(refusal).toMatch('create role baton_search nologin;')
  const grant = /grant .* to .*;/.exec(refusal)?.[0] ?? ''
  expect(grant).toMatch('grant baton_app, baton_worker, baton_search to')
  await admin.query(grant)
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await expect(refuseUnsafeRole(client)).rejects.toThrow('owns the tables')
  await client.query('set role baton_worker')
  await refuseUnsafeRole(client)
  await client.end()
  await admin.query(`drop database ${login}`)
  await admin.query(`drop role ${login}`)
  await admin.end()
})
