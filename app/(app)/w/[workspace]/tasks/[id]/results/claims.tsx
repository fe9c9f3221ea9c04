import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { EvidenceChip } from '#app/_ui/evidence-chip.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { isUnverified } from '#lib/workers/evidence-numbers.ts'
import type { Evidence } from '#lib/workers/evidence.ts'
import type { EvidenceView } from './evidence-view.ts'

/** A statement and its chips; the first chips never stand alone on a line. */
export function Stated({
  text,
  evidence,
  view,
}: {
  text: ReactNode
  evidence: readonly Evidence[]
  view: EvidenceView
}) {
  const chips = <Chips evidence={evidence} view={view} />
  if (typeof text !== 'string' || evidence.length === 0 || evidence.length > 3)
    return (
      <>
        {text}
        {chips}
      </>
    )
  const lastSpace = text.trimEnd().lastIndexOf(' ')
  return (
    <>
      {text.slice(0, lastSpace + 1)}
      <span className="whitespace-nowrap">
        {text.slice(lastSpace + 1)}
        {chips}
      </span>
    </>
  )
}

/** The numbers of a statement's quotes; a place quoted twice has one chip. */
export function Chips({ evidence, view }: { evidence: readonly Evidence[]; view: EvidenceView }) {
  const numbers = [...new Set(evidence.map(view.numberOf))]
  if (numbers.length === 0) return null
  return (
    <span className="inline-flex flex-wrap gap-1 ml-1.5 -my-1 align-middle">
      {numbers.map((number) => (
        <EvidenceChip
          key={number ?? 'none'}
          number={number}
          active={number !== null && number === view.active}
          onActivate={view.activate}
        />
      ))}
    </span>
  )
}

export type ClaimRow = { text: ReactNode; evidence: readonly Evidence[]; note?: ReactNode }

/** A panel of numbered statements; those without proof in the text stand out. */
export function ClaimPanel({
  title,
  claims,
  view,
}: {
  title: string
  claims: readonly ClaimRow[]
  view: EvidenceView
}) {
  const numbered = claims.map((claim, index) => ({ ...claim, number: index + 1 }))
  const shown = view.onlyMissing ? numbered.filter((claim) => isUnverified(claim.evidence)) : numbered
  if (shown.length === 0) return null
  return (
    <Panel title={title} count={claims.length} level={3}>
      <ol>
        {shown.map((claim) => (
          <li key={claim.number} className="border-t border-line first:border-t-0">
            {isUnverified(claim.evidence) ? (
              <Unverified claim={claim} view={view} />
            ) : (
              <Verified claim={claim} view={view} />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type Numbered = ClaimRow & { number: number }

function Verified({ claim, view }: { claim: Numbered; view: EvidenceView }) {
  return (
    <div className="flex gap-2.5 px-3.5 py-2.5">
      <ClaimNumber number={claim.number} />
      <div className="min-w-0">
        <p className="text-14 leading-5.5">
          <Stated text={claim.text} evidence={claim.evidence} view={view} />
        </p>
        {claim.note}
      </div>
    </div>
  )
}

function Unverified({ claim, view }: { claim: Numbered; view: EvidenceView }) {
  return (
    <div className="p-1.5">
      <div className="flex gap-2.5 rounded-md border border-blocked-bd bg-blocked-bg/50 px-2 py-2">
        <ClaimNumber number={claim.number} />
        <div className="min-w-0 flex-1">
          <p className="text-14 leading-5.5">
            <Stated text={claim.text} evidence={claim.evidence} view={view} />
          </p>
          {claim.note}
          <p className="st s-blocked text-12! mt-1">
            <SearchX className="i-sm" aria-hidden />
            Not found in the text
          </p>
          <p className="text-12 text-soft mt-0.5 [overflow-wrap:anywhere]">
            The quote given as proof is “{claim.evidence[0]?.quote}”. This claim is left out of copies and exports.
          </p>
        </div>
      </div>
    </div>
  )
}

function ClaimNumber({ number }: { number: number }) {
  return <span className="num text-12 text-faint w-4 shrink-0 leading-5.5 text-right">{number}</span>
}

/** A word about a claim below it, with an icon. */
export function ClaimNote({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="text-12 text-soft mt-1 flex gap-1.5 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:mt-px">
      {icon}
      <span className="min-w-0">{children}</span>
    </p>
  )
}

/** `high` → `High`. */
export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
