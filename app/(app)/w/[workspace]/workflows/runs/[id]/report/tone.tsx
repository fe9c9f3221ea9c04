import type { PartContents } from '#lib/workflows/report/shape.ts'
import { signedScore } from '#lib/workflows/report/words.ts'
import { Chips } from './section.tsx'

type Tone = PartContents['tone']

/** `negative -0.62`; what is written beside the heading. */
export function ToneNote({ tone }: { tone: Tone }) {
  if (tone.label === null) return null
  return (
    <>
      {tone.label} {tone.score === null ? null : <b className="num text-ink font-medium">{signedScore(tone.score)}</b>}
      {tone.manner.length > 0 ? `, ${tone.manner.slice(0, 2).join(', ')}` : null}
    </>
  )
}

export function ToneContent({ tone }: { tone: Tone }) {
  return (
    <>
      {tone.score === null ? null : <ToneScale tone={tone} score={tone.score} />}
      <p className="leading-5.5 [overflow-wrap:anywhere]" dir="auto">
        {tone.explanation}
      </p>
      {tone.passages.length > 0 ? (
        <ul className="mt-1.5 flex flex-col gap-1.5" aria-label="Strongest sentences">
          {tone.passages.map(({ score, evidence }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- sentences may repeat; their order is fixed
            <li key={index} className="flex items-start gap-2">
              <span className="mono w-10 shrink-0 leading-5.5">{signedScore(score)}</span>
              <span className="doc leading-5.5! min-w-0 flex-1 line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
                {evidence.map(({ quote }) => quote).join(' ')}
              </span>
              <Chips evidence={evidence} className="shrink-0" />
            </li>
          ))}
        </ul>
      ) : null}
      <Feelings tone={tone} />
    </>
  )
}

function Feelings({ tone: { emotions, urgency } }: { tone: Tone }) {
  if (emotions.length === 0 && urgency === null) return null
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1.5 mt-2 text-12" aria-label="Emotions and urgency">
      {urgency === null ? null : (
        <li className="inline-flex items-center h-6">{urgency === 'none' ? 'No urgency' : `Urgency ${urgency}`}</li>
      )}
      {emotions.map(({ emotion, intensity, evidence }) => (
        <li key={emotion} className="inline-flex items-center gap-1.5">
          <span>
            {emotion} <span className="text-soft">{intensity}</span>
          </span>
          <Chips evidence={evidence} />
        </li>
      ))}
    </ul>
  )
}

/** From -1 at the left to 1 at the right: the whole text solid, its strongest sentences as rings. */
function ToneScale({ tone, score }: { tone: Tone; score: number }) {
  const side = score < 0 ? 'bg-c5' : 'bg-c1'
  return (
    <div className="mb-2" aria-hidden>
      <div className="relative h-5 mx-2">
        <i className="absolute left-0 right-0 top-1/2 h-px bg-line-strong" />
        {[0, 50, 100].map((left) => (
          <i
            key={left}
            className="absolute top-1/2 -translate-y-1/2 h-2.5 w-px bg-control"
            style={{ left: `${left}%` }}
          />
        ))}
        <i
          className={`absolute top-1/2 -translate-y-1/2 h-1 ${side}`}
          style={{ left: `${Math.min(50, placeOf(score))}%`, width: `${Math.abs(score) * 50}%` }}
        />
        {tone.passages.map((passage, index) => (
          <i
            // oxlint-disable-next-line react/no-array-index-key -- equal scores may repeat; their order is fixed
            key={index}
            className="absolute top-1/2 size-2 -translate-1/2 rounded-full border border-ink bg-raised"
            style={{ left: `${placeOf(passage.score)}%` }}
          />
        ))}
        <i
          className={`absolute top-1/2 size-3 -translate-1/2 rounded-full ${side}`}
          style={{ left: `${placeOf(score)}%` }}
        />
      </div>
      <p className="flex justify-between text-12 text-faint">
        <span>negative</span>
        <span>positive</span>
      </p>
    </div>
  )
}

function placeOf(score: number): number {
  return 50 + score * 50
}
