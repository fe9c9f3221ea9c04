import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUser } from '#lib/access/users.ts'
import { testDatabase, type TestDatabase } from '#lib/db/test-database.ts'
import { createWorkspace, setTimeZoneOfOwner } from './create.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const person = async (email: string) =>
  (await createUser(database.app.db, { name: 'Ana', email, password: 'tulip harbour seven', operator: false })).id
const zoneOf = async (id: string) =>
  (await database.admin.query('select time_zone from workspaces where id = $1', [id])).rows[0].time_zone

test('a workspace has the time zone it was made in, or UTC when the database knows none of that name', async () => {
  const ownerId = await person('ana@example.com')
  const zones = [undefined, 'Asia/Tokyo', 'America/Sao_Paulo', 'Mars/Olympus_Mons', "'; drop table tasks", 'UTC']
  const stored: string[] = []
  for (const timeZone of zones)
    stored.push(await zoneOf((await createWorkspace(database.app.db, { name: 'Studio', ownerId, timeZone })).id))
  expect(stored).toEqual(['UTC', 'Asia/Tokyo', 'America/Sao_Paulo', 'UTC', 'UTC', 'UTC'])
})

test('who has just signed up sets the zone of their own workspace and no other', async () => {
  const [ownerId, stranger] = [await person('bo@example.com'), await person('cy@example.com')]
  const own = await createWorkspace(database.app.db, { name: 'Own', ownerId })
  const other = await createWorkspace(database.app.db, { name: 'Other', ownerId: stranger })
  await setTimeZoneOfOwner(database.app.db, ownerId, 'Europe/Berlin')
  expect([await zoneOf(own.id), await zoneOf(other.id)]).toEqual(['Europe/Berlin', 'UTC'])
})
