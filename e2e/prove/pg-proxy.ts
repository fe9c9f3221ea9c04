// A TCP proxy before Postgres that can cut, stall, and lose exactly the COMMIT of a transaction or the reply to it.
import net from 'node:net'

export type Target = { host: string; port: number }

export type CommitFault = 'before' | 'after'

export type PgProxy = {
  port: number
  /** Where new connections go: an embedded server gets another port with each start. */
  aimAt: (target: Target) => void
  /** Ends every connection now; new ones are let through. */
  cut: () => void
  /** Holds back all bytes in both directions, without closing anything, until `resume`. */
  stall: () => void
  resume: () => void
  /**
   * Breaks the next COMMIT of a transaction in which `statement` was sent: `before` it reaches Postgres, or `after`
   * Postgres has it but before its reply is passed on. Resolves when that has happened.
   */
  breakCommit: (fault: CommitFault, statement: string) => Promise<void>
  /** Loses the reply to the next statement with these words, which is its own transaction. */
  loseReply: (statement: string) => Promise<void>
  close: () => Promise<void>
}

type Link = { client: net.Socket; server: net.Socket; matched: boolean; swallowing: boolean }

export async function openPgProxy(initial: Target): Promise<PgProxy> {
  let target = initial
  const links = new Set<Link>()
  let stalled = false
  let armed: { fault: CommitFault | 'reply'; statement: string; done: () => void } | undefined

  const server = net.createServer((client) => {
    const link: Link = { client, server: net.connect(target), matched: false, swallowing: false }
    links.add(link)
    if (stalled) hold(link)
    const end = () => {
      links.delete(link)
      link.client.destroy()
      link.server.destroy()
    }
    for (const socket of [link.client, link.server]) {
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', end)
    }
    link.client.on('data', (chunk: Buffer) => {
      if (armed && watch(link, chunk, armed)) return
      link.server.write(chunk)
    })
    link.server.on('data', (chunk: Buffer) => {
      if (!link.swallowing) link.client.write(chunk)
      else end()
    })
  })

  /** Returns true when the chunk must not be passed on. */
  function watch(link: Link, chunk: Buffer, fault: NonNullable<typeof armed>): boolean {
    const sent = chunk.toString('latin1')
    if (sent.includes(fault.statement)) link.matched = true
    if (!link.matched || !(fault.fault === 'reply' || /commit\0/i.test(sent))) return false
    armed = undefined
    if (fault.fault === 'before') {
      link.client.destroy()
      link.server.destroy()
    } else {
      link.swallowing = true
      link.server.write(chunk)
    }
    fault.done()
    return true
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    aimAt: (next) => {
      target = next
    },
    cut: () => {
      for (const link of links) {
        link.client.destroy()
        link.server.destroy()
      }
    },
    stall: () => {
      stalled = true
      for (const link of links) hold(link)
    },
    resume: () => {
      stalled = false
      for (const link of links) {
        link.client.resume()
        link.server.resume()
      }
    },
    breakCommit: (fault, statement) =>
      new Promise((resolve) => {
        armed = { fault, statement, done: resolve }
      }),
    loseReply: (statement) =>
      new Promise((resolve) => {
        armed = { fault: 'reply', statement, done: resolve }
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const link of links) {
          link.client.destroy()
          link.server.destroy()
        }
      }),
  }
}

function hold(link: Link): void {
  link.client.pause()
  link.server.pause()
}
