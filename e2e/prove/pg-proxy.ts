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
  /** From now on nothing passes on the connections there are, and nobody is told; new ones are let through. */
  forget: () => void
  /**
   * Breaks the next COMMIT on a connection on which `statement` was sent (with its text, which a connection that knows it
   * already does not repeat): `before` it reaches Postgres, or `after`
   * Postgres has it but before its reply is passed on. Resolves when that has happened.
   */
  breakCommit: (fault: CommitFault, statement: string) => Promise<void>
  /** Loses the reply to the next statement with these words, which is its own transaction. */
  loseReply: (statement: string) => Promise<void>
  close: () => Promise<void>
}

type Link = { client: net.Socket; server: net.Socket; matched: boolean; swallowing: boolean; forgotten: boolean }

export async function openPgProxy(initial: Target): Promise<PgProxy> {
  let target = initial
  const links = new Set<Link>()
  let stalled = false
  let armed: { fault: CommitFault | 'reply'; statement: string; done: () => void } | undefined

  const server = net.createServer((client) => {
    const link: Link = { client, server: net.connect(target), matched: false, swallowing: false, forgotten: false }
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
    if (!link.matched) return false
    const commit = sent.search(/Q\0\0\0.commit\0/is)
    if (commit < 0 && fault.fault !== 'reply') return false
    armed = undefined
    if (fault.fault === 'before') {
      // What stands before it in the same packet does arrive.
      link.server.end(chunk.subarray(0, commit))
      link.client.destroy()
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
        if (link.forgotten) continue
        link.client.resume()
        link.server.resume()
      }
    },
    forget: () => {
      for (const link of links) {
        link.forgotten = true
        hold(link)
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
