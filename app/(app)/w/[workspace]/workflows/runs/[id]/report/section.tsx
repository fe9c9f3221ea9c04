import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  type LucideIcon,
  SkipForward,
  TriangleAlert,
} from 'lucide-react'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { EvidenceChip } from '#app/_ui/evidence-chip.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { leftOutWords, missingWord } from '#lib/workflows/report/words.ts'
import type { FoundQuote, Missing } from '#lib/workflows/report/shape.ts'
import { useEvidence } from './evidence-context.ts'

/** A part of the sheet under its line. */
export function ReportSection({
  id,
  title,
  note,
  leftOut = 0,
  children,
}: {
  id: string
  title: string
  note?: ReactNode
  leftOut?: number
  children: ReactNode
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="min-w-0 scroll-mt-4">
      <div className="flex items-baseline gap-2 border-b border-line-strong pb-1 mb-2 break-after-avoid">
        <h3 id={`${id}-title`} className="text-13 shrink-0">
          {title}
        </h3>
        {note ? <span className="text-12 text-soft ml-auto text-right">{note}</span> : null}
      </div>
      {children}
      {leftOut > 0 ? <p className="text-12 text-soft mt-1.5">{leftOutWords(leftOut)}</p> : null}
    </section>
  )
}

/** The numbers of a statement's quotes; a place quoted twice has one chip. */
export function Chips({ evidence, className = '' }: { evidence: readonly FoundQuote[]; className?: string }) {
  const { numberOf, active, activate } = useEvidence()
  const numbers = [...new Set(evidence.map(numberOf))].filter((number) => number !== null)
  if (numbers.length === 0) return null
  return (
    <span className={`inline-flex flex-wrap gap-1 align-middle ${className}`}>
      {numbers.map((number) => (
        <EvidenceChip key={number} number={number} active={number === active} onActivate={activate} />
      ))}
    </span>
  )
}

const MISSING: Record<Exclude<Missing['kind'], 'nothing_found'>, { icon: LucideIcon; look: string }> = {
  not_yet: { icon: CircleDashed, look: 's-pending' },
  needs_model: { icon: CirclePause, look: 's-blocked' },
  blocked: { icon: CirclePause, look: 's-blocked' },
  failed: { icon: CircleX, look: 's-failed' },
  cancelled: { icon: Ban, look: 's-cancelled' },
  skipped: { icon: SkipForward, look: 's-cancelled' },
  unreadable: { icon: TriangleAlert, look: 's-failed' },
}

export function missingLook({ kind }: Missing) {
  const look = kind === 'nothing_found' ? { icon: CircleCheck, look: 'text-faint' } : MISSING[kind]
  return { ...look, word: missingWord(kind) }
}

/** Why there is nothing to read here, and where more is to be seen. */
export function MissingNote({ missing, taskId }: { missing: Missing; taskId: string | null }) {
  const { path } = useWorkspace()
  const { icon: Icon, look, word } = missingLook(missing)
  if (missing.kind === 'nothing_found') return <p className="text-soft leading-5.5">{missing.message}</p>
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <span className={`badge ${look}`}>
        <Icon className="i-sm" aria-hidden />
        {word}
      </span>
      <p className="text-12 text-soft min-w-0 flex-1 basis-64 [overflow-wrap:anywhere] mt-0.5">
        {missing.message} {missing.more}
      </p>
      {taskId === null || missing.kind === 'not_yet' ? null : (
        <Link href={path(`/tasks/${taskId}`) as Route} className="btn btn-secondary btn-sm print:hidden">
          Open the task
        </Link>
      )}
    </div>
  )
}
