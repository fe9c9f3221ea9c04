'use client'

import { ChevronDown, ChevronUp, CircleCheck, CircleX, TriangleAlert, WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useEditor } from './editor-context.ts'
import type { Finding } from './findings.ts'

type Props = {
  findings: readonly Finding[]
  /** What was changed last has not been looked at yet. */
  checking: boolean
  onGo: (finding: Finding) => void
}

const MOST_SHOWN = 50

/** What keeps the draft from being published, and what is better mended; each leads to its field. */
export function ChecksPanel({ findings, checking, onGo }: Props) {
  const [folded, setFolded] = useState(false)
  const errors = findings.filter(({ tone }) => tone === 'error').length
  const warnings = findings.length - errors
  return (
    <section
      id="checks"
      className="border-t border-line bg-sheet min-w-0 shrink-0 flex flex-col max-h-72"
      aria-labelledby="checks-title"
    >
      <div className="flex items-center gap-2.5 min-h-9 px-3.5 shrink-0">
        <h2 id="checks-title" className="text-13">
          Checks
        </h2>
        <output className="flex items-center gap-2.5">
          {errors > 0 ? (
            <span className="st s-failed text-12!">
              <CircleX className="i-sm" aria-hidden />
              {formatQuantity(errors, 'error')}
            </span>
          ) : null}
          {warnings > 0 ? (
            <span className="st s-blocked text-12!">
              <TriangleAlert className="i-sm" aria-hidden />
              {formatQuantity(warnings, 'warning')}
            </span>
          ) : null}
          {findings.length === 0 && !checking ? (
            <span className="st s-completed text-12!">
              <CircleCheck className="i-sm" aria-hidden />
              Nothing to correct
            </span>
          ) : null}
          {checking ? <span className="text-12 text-soft">Looking …</span> : null}
        </output>
        {findings.length > 0 ? (
          <IconButton
            size="sm"
            className="ml-auto"
            label={folded ? 'Unfold checks' : 'Fold checks'}
            aria-expanded={!folded}
            icon={folded ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
            onClick={() => setFolded(!folded)}
          />
        ) : null}
      </div>
      {folded || findings.length === 0 ? null : (
        <ul className="border-t border-line overflow-y-auto min-h-0 relative">
          {findings.slice(0, MOST_SHOWN).map((finding) => (
            <FindingRow
              key={`${finding.index} ${finding.path} ${finding.message}`}
              finding={finding}
              onGo={() => onGo(finding)}
            />
          ))}
          {findings.length > MOST_SHOWN ? (
            <li className="px-3.5 py-2 text-12 text-soft">
              {formatQuantity(findings.length - MOST_SHOWN, 'more of them', 'more of them')} once these are mended.
            </li>
          ) : null}
        </ul>
      )}
    </section>
  )
}

function FindingRow({ finding, onGo }: { finding: Finding; onGo: () => void }) {
  const { edit } = useEditor()
  const { tone, about, message, path, line, fix } = finding
  const failed = tone === 'error'
  return (
    <li className="flex flex-wrap md:flex-nowrap items-start md:items-center gap-x-3 gap-y-2 px-3.5 py-2 border-b border-line last:border-b-0">
      <span className={`st ${failed ? 's-failed' : 's-blocked'} w-20 text-12! self-start mt-0.5`}>
        {failed ? <CircleX className="i-sm" aria-hidden /> : <TriangleAlert className="i-sm" aria-hidden />}
        {failed ? 'Error' : 'Warning'}
      </span>
      <div className="min-w-0 flex-1 max-md:basis-full [overflow-wrap:anywhere]">
        <button type="button" className="row-a text-left min-h-6" onClick={onGo}>
          {about}
          {line === null ? null : <span className="text-soft font-normal">, line {line}</span>}
        </button>
        <p className="text-12 text-soft leading-5">
          {message}{' '}
          {path === '' ? null : <code className="mono px-1 py-px rounded-xs bg-well border border-line">{path}</code>}
        </p>
      </div>
      {fix ? (
        <Button size="sm" icon={<WandSparkles aria-hidden />} className="max-md:w-full" onClick={() => edit(fix.edit)}>
          {fix.label}
        </Button>
      ) : null}
    </li>
  )
}
