import type { z } from 'zod'
import { Panel } from '#app/_ui/panel.tsx'
import type { sentimentAnalyzer } from '#lib/workers/sentiment-analyzer.ts'
import { capital, Chips, ClaimPanel } from './claims.tsx'
import type { EvidenceView } from './evidence-view.ts'

export type Sentiment = z.output<typeof sentimentAnalyzer.output>

export function SentimentResult({ result, view }: { result: Sentiment; view: EvidenceView }) {
  return (
    <>
      {view.onlyMissing ? null : (
        <>
          <div>
            <h2 className="text-16">
              {result.label === null ? 'The tone could not be told' : `${capital(result.label)} tone`}
            </h2>
            <p className="text-14 leading-6 mt-1">{result.explanation}</p>
          </div>
          <dl className="panel grid grid-cols-2 sm:grid-cols-3 gap-px bg-line overflow-hidden">
            <Figure name="Score" value={result.score === null ? 'no data' : signed(result.score)}>
              {result.score === null ? null : <ScoreBar score={result.score} />}
            </Figure>
            <Figure name="Urgency" value={result.urgency === null ? 'no data' : capital(result.urgency)} />
            <Figure name="Confidence" value={result.confidence === null ? 'no data' : capital(result.confidence)} />
          </dl>
          {result.sentences ? <SentenceCounts counts={result.sentences} /> : null}
          {result.tones.length > 0 ? (
            <ul className="flex flex-wrap gap-1.5" aria-label="Manner">
              {result.tones.map((tone) => (
                <li key={tone} className="tag">
                  {tone}
                </li>
              ))}
            </ul>
          ) : null}
        </>
      )}
      <ClaimPanel
        title="Emotions"
        view={view}
        claims={result.emotions.map(({ emotion, intensity, evidence }) => ({
          text: (
            <>
              {capital(emotion)} <span className="text-12 text-soft">{intensity}</span>
            </>
          ),
          evidence,
        }))}
      />
      {result.passages.length > 0 && !view.onlyMissing ? <Passages passages={result.passages} view={view} /> : null}
    </>
  )
}

function Passages({ passages, view }: { passages: Sentiment['passages']; view: EvidenceView }) {
  return (
    <Panel title="Strongest sentences" count={passages.length} level={3}>
      <ol>
        {passages.map((passage, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- sentences may repeat; their order is fixed
          <li key={index} className="flex gap-3 px-3.5 py-2.5 border-t border-line first:border-t-0">
            <span className="w-14 shrink-0 text-12 num">
              <span className="block font-medium">{signed(passage.score)}</span>
              <span className="block text-soft">{passage.label}</span>
            </span>
            <p className="doc mb-0! leading-5.5 min-w-0" dir="auto">
              {passage.evidence.map(({ quote }) => quote).join(' ')}
              <Chips evidence={passage.evidence} view={view} />
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Figure({ name, value, children }: { name: string; value: string; children?: React.ReactNode }) {
  return (
    <div className="bg-sheet px-3.5 py-2.5 min-w-0">
      <dt className="text-12 text-soft">{name}</dt>
      <dd className="text-16 font-semibold num">{value}</dd>
      {children ? <dd className="mt-1">{children}</dd> : null}
    </div>
  )
}

/** From -1 at the left to 1 at the right, with the middle marked. */
function ScoreBar({ score }: { score: number }) {
  const middle = 50
  const end = middle + score * 50
  return (
    <span className="relative block h-2 rounded-xs outline-bar" aria-hidden>
      <i className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
      <i
        className={`absolute inset-y-0 rounded-xs ${score < 0 ? 'bg-c5' : 'bg-c1'}`}
        style={{ left: `${Math.min(middle, end)}%`, width: `${Math.abs(end - middle)}%` }}
      />
    </span>
  )
}

function SentenceCounts({ counts }: { counts: NonNullable<Sentiment['sentences']> }) {
  const parts = [
    { word: 'positive', count: counts.positive, look: 'bg-c1' },
    { word: 'neutral', count: counts.neutral, look: 'outline-bar' },
    { word: 'negative', count: counts.negative, look: 'bg-c5' },
  ]
  return (
    <div>
      <p className="text-12 text-soft mb-1">Sentences by tone</p>
      <span className="flex h-2 gap-px" aria-hidden>
        {parts.map(({ word, count, look }) =>
          count > 0 ? <i key={word} className={`block rounded-xs ${look}`} style={{ flex: count }} /> : null,
        )}
      </span>
      <p className="text-12 text-soft num mt-1 flex gap-4">
        {parts.map(({ word, count, look }) => (
          <span key={word} className="inline-flex items-center gap-1.5">
            <i className={`${look} w-3 h-2 rounded-xs`} aria-hidden />
            {count} {word}
          </span>
        ))}
      </p>
    </div>
  )
}

function signed(score: number): string {
  return `${score > 0 ? '+' : ''}${score.toFixed(2)}`
}
