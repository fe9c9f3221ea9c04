// What whoever runs the server may do from the command line: npm run reset-password, npm run operator.
import { createResetLink, listOperators, setOperator } from '#lib/access/admin.ts'
import { type Database, openDatabase } from '#lib/db/client.ts'
import { startEmbedded } from '#lib/db/embedded.ts'
import { migrate } from '#lib/db/migrate.ts'
import { DomainError } from '#lib/errors.ts'
import { shownAddress } from './launch/address.ts'
import { claimFolder, dataFolder, leaveFolder, runningStart } from './launch/place.ts'
import { readSettings } from './launch/settings.ts'

const USAGE = `npm run reset-password -- EMAIL      prints a one-time link to set a new password
npm run operator -- add EMAIL        lets the account change slots and see processes
npm run operator -- remove EMAIL     takes that away again
npm run operator -- list             names the operators`

const [command, ...rest] = process.argv.slice(2)

try {
  if (command === 'reset-password' && rest[0])
    await withDatabase((db, address) => resetPassword(db, rest[0] ?? '', address))
  else if (command === 'operator' && rest[0] === 'list') await withDatabase(printOperators)
  else if (command === 'operator' && (rest[0] === 'add' || rest[0] === 'remove') && rest[1])
    await withDatabase((db) => changeOperator(db, rest[1] ?? '', rest[0] === 'add'))
  else {
    console.error(USAGE)
    process.exitCode = 1
  }
} catch (error) {
  if (!(error instanceof DomainError) && !(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function resetPassword(db: Database, email: string, address: string): Promise<void> {
  console.log(
    `Open this link within an hour to set a new password for ${email}:\n\n  ${await createResetLink(db, email, address)}\n`,
  )
}

async function changeOperator(db: Database, email: string, operator: boolean): Promise<void> {
  await setOperator(db, email, operator)
  console.log(`${email} is ${operator ? 'now' : 'no longer'} an operator.`)
}

async function printOperators(db: Database): Promise<void> {
  for (const { email, name } of await listOperators(db)) console.log(`${email}  ${name}`)
}

/** The database of the settings, of the start that runs here, or the embedded one, started for the moment. */
async function withDatabase(work: (db: Database, address: string) => Promise<void>): Promise<void> {
  const settings = readSettings()
  const data = await dataFolder(settings.BATON_DATA_DIR, !settings.DATABASE_URL)
  const running = settings.DATABASE_URL ? runningStart(data) : await claimFolder(data)
  if (running && !running.databaseUrl) throw new Error('Baton is starting here. Try again in a moment.')
  const known = settings.DATABASE_URL ?? running?.databaseUrl
  const server = known ? null : await startEmbedded({ folder: data })
  try {
    const url = known ?? server?.url ?? ''
    if (server) await migrate(url)
    const opened = openDatabase(url, 'baton_app', { max: 1 })
    await work(opened.db, running?.address ?? shownAddress(settings, settings.PORT ?? 3000))
    await opened.close()
  } finally {
    await server?.stop()
    leaveFolder(data)
  }
}
