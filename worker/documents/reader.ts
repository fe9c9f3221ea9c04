// Reads uploaded documents, a few at a time. What is durable is in lib/documents/parse.ts: this may be killed anywhere.
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { databaseFault } from '#lib/db/faults.ts'
import {
  type Claim,
  claimDocument,
  finishDocument,
  prolongClaim,
  rejectDocument,
  returnDocument,
} from '#lib/documents/parse.ts'
import { postgresStore } from '#lib/documents/store.ts'
import { type FewAtOnce, openFewAtOnce } from '../few-at-once.ts'
import { type ParserLimits, runParser } from './run-parser.ts'

type Options = { db: Database; pollMs: number; leaseMs?: number; atOnce?: number; limits?: ParserLimits }

/** Stopped, what is being read goes back to those that wait. */
export function openDocumentReader(options: Options): FewAtOnce {
  const { db, pollMs, leaseMs = 15_000, atOnce = 2, limits = {} } = options

  async function read(claim: Claim, stopping: AbortSignal): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping, lost.signal])
    const prolong = setInterval(() => {
      prolongClaim(db, claim, leaseMs).then((held) => (held ? undefined : lost.abort()), complain)
    }, leaseMs / 3)
    try {
      await settle(claim, signal)
    } catch (error) {
      const counted = !signal.aborted && databaseFault(error) === null
      if (counted) complain(error)
      await returnDocument(db, claim, { counted }).catch(complain)
    } finally {
      clearInterval(prolong)
    }
  }

  async function settle(claim: Claim, signal: AbortSignal): Promise<void> {
    const store = postgresStore(claim.workspaceId, (work) => asWorkspace(db, claim.workspaceId, work))
    const parsed = await runParser(store.get(claim.id), { extension: extensionOf(claim.name), signal, ...limits })
    if (parsed.kind === 'text') await finishDocument(db, claim, parsed.text)
    else if (parsed.kind === 'refused') await rejectDocument(db, claim, parsed.reason, found(parsed))
    else {
      console.warn(`worker: reading document ${claim.id} broke off (${parsed.why})`)
      await returnDocument(db, claim, { counted: true })
    }
  }

  // An outage is told once, by the lease; the poll looks again.
  const claim = () => claimDocument(db, leaseMs).catch(complain)
  return openFewAtOnce({ claim, work: read, atOnce, pollMs })
}

function found({ mediaType, metadata }: Parameters<typeof rejectDocument>[3] & object) {
  return { ...(mediaType ? { mediaType } : {}), ...(metadata ? { metadata } : {}) }
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? 'none'
}

function complain(error: unknown): null {
  if (databaseFault(error) === null)
    console.warn(`worker: documents: ${error instanceof Error ? error.message : 'unknown'}`)
  return null
}
