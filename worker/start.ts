// The launcher behind `npm start` and `npm run dev`: Postgres, migrations, build, web and worker in one command.
import { launch } from './launch/launch.ts'

const HELP = `Baton: AI work on text and documents, on one Postgres.

  npm start                 start everything; builds the web app first where that is needed
  npm run dev               the same for development: both processes reload when a file changes
  npm start -- --help       this text

  npm run reset-password -- EMAIL    a one-time link to set a new password
  npm run operator -- add EMAIL      lets an account change slots and see processes

Settings, all optional, from the environment or a file .env beside package.json:

  PORT                   the web address's port (3000; the next free one when it is taken and unset)
  HOST                   127.0.0.1; 0.0.0.0 lets other machines in
  DATABASE_URL           a Postgres 15 or newer of yours instead of the embedded one
  DATABASE_DIRECT_URL    the same database past a transaction pooler, for migrations and notifications
  BATON_DATA_DIR         where the embedded database and the secret are kept (.baton)
  BATON_OWNER_EMAIL      the first account, made on an empty database
  BATON_OWNER_PASSWORD   its password, else one is generated and shown once
  BATON_SECRET           signs sessions and seals stored secrets, 32 characters or more (generated and kept
                         beside the data)
  BATON_OLD_SECRETS      its former values, which still open what they sealed
  BATON_OUTBOUND_ALLOW   where webhooks may go beside the public internet: names, addresses, ranges
  BATON_PUBLIC_URL       the address that people use, behind a proxy
  BATON_SIGN_UP          open | invited (invited when HOST is not loopback)
  BATON_TRUSTED_PROXIES  addresses of proxies whose X-Forwarded-For counts
  OPENAI_API_KEY         turns a model on; without one the built-in engine answers
  OPENAI_BASE_URL        any OpenAI-compatible server; a key is not needed where the server wants none
  OPENAI_MODEL           the model's name (needed with OPENAI_BASE_URL)

Ctrl-C lets running tasks end (up to 30 s), then stops web and database. Ctrl-C again hurries.
`

const options = new Set(process.argv.slice(2))
const unknown = [...options].filter((option) => !['--help', '-h', '--dev'].includes(option))
if (unknown.length > 0) {
  console.error(`Unknown option: ${unknown.join(' ')}\n\n${HELP}`)
  process.exitCode = 1
} else if (options.has('--help') || options.has('-h')) {
  console.log(HELP)
} else {
  await launch({ dev: options.has('--dev') })
}
