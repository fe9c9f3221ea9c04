// better-auth with e-mail and password on our tables. What is not listed as open here is not reachable over HTTP.
import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth'
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { organization } from 'better-auth/plugins/organization'
import { v7 as uuidv7 } from 'uuid'
import {
  accounts,
  invitations,
  members,
  rateLimits,
  sessions,
  users,
  verifications,
  workspaces,
} from '#lib/db/auth-schema.ts'
import type { Database, Tx } from '#lib/db/client.ts'
import { type Env, env, ownOrigins, signUpMode } from '#lib/env.ts'
import { NotFound } from '#lib/errors.ts'
import { createWorkspace, ownWorkspaceName } from '#lib/workspaces/create.ts'
import { type Attempt, guardRoute, noteSignIn } from './auth-guards.ts'
import { addressOptions, clientIp } from './client-ip.ts'
import { cookiePrefix, secureCookies } from './cookies.ts'
import { requireOwnOrigin } from './origin.ts'
import { PASSWORD_LENGTH } from './passwords.ts'
import { IDLE_MS, SESSION_MS } from './sessions.ts'

export const AUTH_PATH = '/api/auth'

/** The routes that answer over HTTP; of the organization plugin's only the list of one's own workspaces. */
export const OPEN_ROUTES = [
  '/ok',
  '/sign-up/email',
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/update-user',
  '/organization/list',
] as const

export type AuthOptions = {
  db: Database
  secret: string
  settings?: Env
  /** Plugins of the transport, such as one that hands cookies to a server action; they come last. */
  plugins?: BetterAuthPlugin[]
}

export type Auth = ReturnType<typeof createAuth>

export function createAuth({ db, secret, settings = env(), plugins = [] }: AuthOptions) {
  const transactions = new AsyncLocalStorage<Tx>()
  const origins = ownOrigins(settings)
  const auth = betterAuth({
    appName: 'Baton',
    baseURL: origins[0],
    basePath: AUTH_PATH,
    secret,
    trustedOrigins: origins,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Refusals are answers; faults are thrown to the caller, who knows how to log them.
    onAPIError: { throw: true },
    database: drizzleAdapter(rememberingTransactions(db, transactions), {
      provider: 'pg',
      usePlural: true,
      transaction: true,
      schema: { users, sessions, accounts, verifications, rateLimits, workspaces, members, invitations },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: signUpMode(settings) !== 'open',
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    user: {
      additionalFields: {
        operator: { type: 'boolean', input: false, required: false },
        lastWorkspaceId: { type: 'string', input: false, required: false },
      },
    },
    session: {
      expiresIn: SESSION_MS / 1000,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      // These only stop floods; sign-in-limits.ts counts what fails. The longest window bounds when counts are swept,
      // so it covers those as well.
      customRules: {
        '/sign-in/email': { window: 600, max: 1_000 },
        '/sign-up/email': { window: 600, max: 100 },
        '/change-password': { window: 600, max: 100 },
      },
    },
    advanced: {
      cookiePrefix: cookiePrefix(settings),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: secureCookies(settings), sameSite: 'lax', httpOnly: true, path: '/' },
      database: { generateId: () => uuidv7() },
      ipAddress: addressOptions(settings),
    },
    databaseHooks: {
      account: {
        create: {
          // In the transaction that makes the account: nobody signs up without a workspace.
          before: async (account, context) => {
            const tx = transactions.getStore()
            if (context?.path !== '/sign-up/email' || !tx) return
            const { name } = context.body as { name: string }
            await createWorkspace(tx, { name: ownWorkspaceName(name), ownerId: account.userId })
          },
        },
      },
      session: {
        create: {
          before: async (session) => ({
            data: { expiresAt: new Date(Math.min(session.expiresAt.getTime(), Date.now() + IDLE_MS)) },
          }),
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => ({
        context: { body: await guardRoute(db, attempt(context, settings)) },
      })),
      after: createAuthMiddleware(async (context) => {
        if (context.path === '/sign-in/email' && context.context.newSession)
          await noteSignIn(db, attempt(context, settings))
      }),
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        schema: {
          organization: { modelName: 'workspace' },
        },
      }),
      ...plugins,
    ],
  })
  return { api: auth.api, handler: (request: Request) => handleOpenRoute(auth.handler, request, origins) }
}

/** @throws NotFound for a route that is not open, Forbidden for another site's request, and whatever fault occurs. */
async function handleOpenRoute(
  handler: (request: Request) => Promise<Response>,
  request: Request,
  origins: string[],
): Promise<Response> {
  const { pathname } = new URL(request.url)
  const route = pathname.startsWith(`${AUTH_PATH}/`) ? pathname.slice(AUTH_PATH.length) : pathname
  if (!(OPEN_ROUTES as readonly string[]).includes(route)) throw new NotFound('This address')
  const fromBrowser = ['cookie', 'origin', 'sec-fetch-site'].some((name) => request.headers.has(name))
  if (request.method !== 'GET' && fromBrowser) requireOwnOrigin(request.headers, origins)
  return handler(request)
}

/** The same database, with its current transaction at hand for the hooks that better-auth calls inside it. */
function rememberingTransactions(db: Database, transactions: AsyncLocalStorage<Tx>): Database {
  const transaction: Database['transaction'] = (work, config) =>
    db.transaction((tx) => transactions.run(tx, () => work(tx)), config)
  return Object.create(db, { transaction: { value: transaction } }) as Database
}

function attempt(context: { path: string; body?: unknown; headers?: Headers }, settings: Env): Attempt {
  const address = context.headers ? clientIp(context.headers, settings) : null
  return { path: context.path, body: (context.body ?? {}) as Record<string, unknown>, address }
}
