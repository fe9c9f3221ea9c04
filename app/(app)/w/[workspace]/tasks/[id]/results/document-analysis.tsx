import { Flag, TriangleAlert } from 'lucide-react'
import type { z } from 'zod'
import { Panel } from '#app/_ui/panel.tsx'
import type { documentAnalyzer } from '#lib/workers/document-analyzer.ts'
import { capital, ClaimNote, ClaimPanel, Stated } from './claims.tsx'
import { type EvidenceView, placeOf } from './evidence-view.ts'
import { PlaceButton } from './place-button.tsx'

export type DocumentAnalysis = z.output<typeof documentAnalyzer.output>

export function DocumentAnalysisResult({ result, view }: { result: DocumentAnalysis; view: EvidenceView }) {
  return (
    <>
      {view.onlyMissing ? null : (
        <div>
          <h2 className="text-16">{result.documentType ?? 'Analysis'}</h2>
          <p className="text-14 leading-6 mt-1">
            <Stated text={result.summary.text} evidence={result.summary.evidence} view={view} />
          </p>
        </div>
      )}
      <ClaimPanel title="Key insights" claims={result.insights} view={view} />
      <ClaimPanel
        title="Risks"
        view={view}
        claims={result.risks.map((risk) => ({
          ...risk,
          note: (
            <ClaimNote icon={<TriangleAlert className={levelTone(risk.severity)} aria-hidden />}>
              {capital(risk.severity)} severity, {risk.kind}
            </ClaimNote>
          ),
        }))}
      />
      <ClaimPanel
        title="Recommendations"
        view={view}
        claims={result.actions.map((action) => ({
          ...action,
          note: (
            <ClaimNote icon={<Flag className={levelTone(action.priority)} aria-hidden />}>
              {[
                `${capital(action.priority)} priority`,
                action.origin === 'stated' ? 'asked for in the text' : 'recommended',
                action.owner,
                action.due,
              ]
                .filter(Boolean)
                .join(', ')}
            </ClaimNote>
          ),
        }))}
      />
      {view.onlyMissing ? null : <Values result={result} view={view} />}
    </>
  )
}

function Values({ result, view }: { result: DocumentAnalysis; view: EvidenceView }) {
  return (
    <>
      {result.facts.length > 0 ? (
        <Panel title="Facts" count={result.facts.length} level={3}>
          <table className="w-full text-13">
            <caption className="sr">Amounts, dates and other values of the text</caption>
            <thead className="sr">
              <tr>
                <th scope="col">Value</th>
                <th scope="col">What it is</th>
              </tr>
            </thead>
            <tbody>
              {result.facts.map((fact, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- the same value may stand in the list twice
                <tr key={index} className="*:border-t *:border-line first:*:border-t-0">
                  <th scope="row" className="text-left font-medium pl-3.5 py-1 pr-3 num">
                    <PlaceButton place={placeOf(fact.evidence)} view={view}>
                      {fact.value}
                    </PlaceButton>
                  </th>
                  <td className="py-1 pr-3.5 text-soft">{fact.label ?? fact.kind}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ) : null}
      {result.names.length > 0 ? (
        <Panel title="Names found" count={result.names.length} level={3}>
          <ul className="flex flex-wrap gap-x-2.5 gap-y-2 p-3.5">
            {result.names.map((name) => (
              <li key={name.name} className="inline-flex items-center gap-1">
                <PlaceButton place={placeOf(name.evidence)} view={view}>
                  {name.name}
                </PlaceButton>
                {name.mentions !== null && name.mentions > 1 ? (
                  <span className="text-12 text-faint num">×{name.mentions}</span>
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {result.keyPhrases.length > 0 ? (
        <Panel title="Key phrases" level={3}>
          <ul className="flex flex-wrap gap-1.5 p-3.5">
            {result.keyPhrases.map((phrase) => (
              <li key={phrase} className="tag">
                {phrase}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}

function levelTone(level: 'high' | 'medium' | 'low'): string {
  return level === 'high' ? 'text-blocked-fg' : 'text-faint'
}
