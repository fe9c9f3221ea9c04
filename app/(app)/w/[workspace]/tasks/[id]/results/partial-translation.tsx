import { formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { languageName } from '#lib/workers/languages.ts'
import type { EvidenceView } from './evidence-view.ts'
import { PlaceButton } from './place-button.tsx'

/** As the built-in engine leaves it on a translation that waits for a model. */
export type PartialTranslation = {
  sourceLanguage: string | null
  targetLanguage: string
  segments: { start: number; end: number; source: string }[]
  protected: { kind: string; value: string; start: number; end: number }[]
  glossary: { source: string; target: string; found: boolean }[]
}

/** What is true and useful although nothing was translated. */
export function PartialTranslationResult({ partial, view }: { partial: PartialTranslation; view: EvidenceView }) {
  const language = partial.sourceLanguage === null ? 'could not be told' : languageName(partial.sourceLanguage)
  return (
    <>
      <div>
        <h2 className="text-16">Ready to translate into {languageName(partial.targetLanguage)}</h2>
        <p className="text-14 leading-6 mt-1">
          Language: {language}. {formatQuantity(partial.segments.length, 'sentence')} and{' '}
          {formatQuantity(partial.protected.length, 'value')} that must stay as they are. Nothing was translated yet.
        </p>
      </div>
      {partial.protected.length > 0 ? (
        <Panel title="To be kept as they are" count={partial.protected.length} level={3}>
          <ul className="flex flex-wrap gap-1.5 p-3.5">
            {partial.protected.map((value) => (
              <li key={value.start} className="inline-flex items-center gap-1.5">
                <PlaceButton place={value} view={view}>
                  {value.value}
                </PlaceButton>
                <span className="text-12 text-faint mr-1.5">{value.kind}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {partial.glossary.length > 0 ? (
        <Panel title="Glossary" count={partial.glossary.length} level={3}>
          <ul>
            {partial.glossary.map((entry) => (
              <li
                key={entry.source}
                className="flex justify-between gap-3 px-3.5 py-2 border-t border-line first:border-t-0"
              >
                <span>
                  {entry.source} = {entry.target}
                </span>
                <span className="text-12 text-soft">{entry.found ? 'in the text' : 'not in the text'}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}
