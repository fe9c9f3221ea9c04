import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { z } from 'zod'
import { formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { languageName } from '#lib/workers/languages.ts'
import type { translator } from '#lib/workers/translator.ts'
import type { EvidenceView } from './evidence-view.ts'
import { PlaceButton } from './place-button.tsx'

export type Translation = z.output<typeof translator.output>

export function TranslationResult({ result, view }: { result: Translation; view: EvidenceView }) {
  const from = result.sourceLanguage === null ? 'an unknown language' : languageName(result.sourceLanguage)
  const failed = result.checks.filter((check) => !check.passed)
  return (
    <>
      <div>
        <h2 className="text-16">
          {from} to {languageName(result.targetLanguage)}
        </h2>
        {result.unchanged ? (
          <p className="text-soft mt-1">The text already was in that language, so it is unchanged.</p>
        ) : null}
      </div>
      {failed.length > 0 ? (
        <Note tone="blocked" title={`${formatQuantity(failed.length, 'check')} did not pass`}>
          Read these places before you use the translation; they are listed below.
        </Note>
      ) : null}
      <article
        className="doc whitespace-pre-wrap [overflow-wrap:anywhere]"
        lang={result.targetLanguage}
        dir="auto"
        aria-label="Translation"
      >
        {result.translation}
      </article>
      {result.checks.length > 0 ? (
        <Panel title="Checks" note="made without a model" level={3}>
          <ul>
            {result.checks.map((check, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a check may fail in several places
              <li key={index} className="flex items-start gap-2 px-3.5 py-2 border-t border-line first:border-t-0">
                {check.passed ? (
                  <CircleCheck className="i-sm mt-0.5 text-completed-fg" aria-label="Passed" />
                ) : (
                  <TriangleAlert className="i-sm mt-0.5 text-blocked-fg" aria-label="Did not pass" />
                )}
                <span className="min-w-0 flex-1">{check.message}</span>
                {check.segment === null ? null : (
                  <PlaceButton place={result.segments[check.segment]} view={view}>
                    sentence {check.segment + 1}
                  </PlaceButton>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {result.unchanged ? null : (
        <Panel title="Sentence by sentence" count={result.segments.length} level={3}>
          <ol className="max-h-120 overflow-y-auto" tabIndex={-1}>
            {result.segments.map((segment, index) => (
              <li key={segment.start} className="flex gap-2.5 px-3.5 py-2 border-t border-line first:border-t-0">
                <PlaceButton place={segment} view={view}>
                  {index + 1}
                </PlaceButton>
                <p className="doc mb-0! leading-5.5 min-w-0" lang={result.targetLanguage} dir="auto">
                  {segment.target ?? <span className="font-sans text-13 text-blocked-fg">Not translated</span>}
                </p>
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  )
}
