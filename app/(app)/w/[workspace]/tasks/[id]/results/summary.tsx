import type { z } from 'zod'
import type { summarizer } from '#lib/workers/summarizer.ts'
import { Chips, ClaimPanel } from './claims.tsx'
import type { EvidenceView } from './evidence-view.ts'

export type Summary = z.output<typeof summarizer.output>

export function SummaryResult({ result, view }: { result: Summary; view: EvidenceView }) {
  const lines = result.summary.split('\n').filter((line) => line.trim() !== '')
  const bullets = lines.length > 0 && lines.every((line) => line.startsWith('- '))
  return (
    <>
      {view.onlyMissing ? null : (
        <div>
          <h2 className="text-16">{result.headline ?? 'Summary'}</h2>
          {bullets ? (
            <ul className="mt-1 text-14 leading-6 list-disc pl-5 grid gap-1 marker:text-faint">
              {lines.map((line) => (
                <li key={line}>{line.slice(2)}</li>
              ))}
            </ul>
          ) : (
            lines.map((line) => (
              <p key={line} className="text-14 leading-6 mt-1">
                {line}
              </p>
            ))
          )}
          {result.evidence.length > 0 ? (
            <p className="text-12 text-soft mt-2">
              Rests on
              <Chips evidence={result.evidence} view={view} />
            </p>
          ) : null}
        </div>
      )}
      <ClaimPanel title="Key points" claims={result.keyPoints} view={view} />
    </>
  )
}
