// One connection that listens, for as long as the process lives: lost, it is opened again, and `onConnected` says so,
// since whatever was said meanwhile was not heard.
import { Client } from 'pg'
import { type DatabaseRole, sessionOptions } from './client.ts'

export type Listening = { close: () => Promise<void> }

export type ListenOptions = {
  url: string
  role: DatabaseRole
  channels: readonly string[]
  onNotify: (channel: string, payload: string) => void
  onConnected: () => void
  /** A connection whose peer went away without a word is noticed after at most twice this time. */
  heartbeatMs?: number
  firstRetryMs?: number
}

const LONGEST_RETRY_MS = 2_000

export function listen(options: ListenOptions): Listening {
  const { heartbeatMs = 10_000, firstRetryMs = 100 } = options
  let closed = false
  let current: Client | undefined
  let failures = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  async function connect(): Promise<void> {
    const client = new Client({
      connectionString: options.url,
      connectionTimeoutMillis: 4_000,
      query_timeout: heartbeatMs,
      keepAlive: true,
      options: sessionOptions(options.role),
    })
    current = client
    const beat = setInterval(() => void client.query('select 1').catch(() => lost()), heartbeatMs)
    const lost = () => {
      clearInterval(beat)
      if (current !== client) return
      current = undefined
      void client.end().catch(() => undefined)
      if (!closed)
        retryTimer = setTimeout(() => void connect(), Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** failures++))
    }
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ channel, payload }) => options.onNotify(channel, payload ?? ''))
    try {
      await client.connect()
      await client.query(options.channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join('; '))
    } catch {
      return lost()
    }
    if (closed || current !== client) return lost()
    failures = 0
    options.onConnected()
  }

  void connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(retryTimer)
      await current?.end().catch(() => undefined)
    },
  }
}
