import type { DiffPart } from './word-diff.ts'

/** A text and what became of it, as one: what is gone struck out, what is new underlined. */
export function WordDiff({ parts }: { parts: readonly DiffPart[] }) {
  const places = parts.map((_, index) => parts.slice(0, index).reduce((sum, { text }) => sum + text.length, index))
  return (
    <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map(({ kind, text }, index) => {
        const key = places[index]
        if (kind === 'same') return <span key={key}>{text}</span>
        if (kind === 'gone')
          return (
            <del key={key} className="bg-failed-bg text-failed-fg">
              {text}
            </del>
          )
        return (
          <ins key={key} className="bg-completed-bg text-completed-fg decoration-completed">
            {text}
          </ins>
        )
      })}
    </div>
  )
}
