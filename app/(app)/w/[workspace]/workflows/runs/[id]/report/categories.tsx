import type { PartContents } from '#lib/workflows/report/shape.ts'
import { Chips } from './section.tsx'

type Categories = PartContents['categories']

export function CategoriesContent({ categories }: { categories: Categories }) {
  const { category, scores, reason, evidence, tags } = categories
  const most = Math.max(...scores.map(({ score }) => score), 0)
  return (
    <>
      {category === null ? <p className="font-medium">No category</p> : null}
      {scores.length > 0 ? (
        <ul className="flex flex-col gap-2" aria-label="Best fits, a comparison and not a probability">
          {scores.map(({ category: name, score }) => (
            <li key={name}>
              <span className="flex items-baseline gap-2">
                <span
                  className={`min-w-0 flex-1 [overflow-wrap:anywhere] ${name === category ? 'font-medium' : 'text-soft'}`}
                >
                  {name}
                </span>
                <span className="num text-12 text-soft">{score.toFixed(2)}</span>
              </span>
              <i className="block h-1.5 mt-0.5 rounded-xs outline-bar overflow-hidden" aria-hidden>
                <i
                  className={`block h-full ${name === category ? 'bg-c1' : 'bg-c4'}`}
                  style={{ width: `${(score / most) * 100}%` }}
                />
              </i>
            </li>
          ))}
        </ul>
      ) : category === null ? null : (
        <p className="font-medium">{category}</p>
      )}
      <p className="text-12 text-soft leading-5 mt-2 [overflow-wrap:anywhere]" dir="auto">
        {reason}
        <Chips evidence={evidence} className="ml-1.5 -my-1" />
      </p>
      {tags.length > 0 ? (
        <ul className="flex flex-wrap gap-x-2.5 gap-y-1.5 mt-2" aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag.tag} className="inline-flex items-center gap-1 max-w-full">
              <span className="tag block! min-w-0 truncate leading-5">{tag.tag}</span>
              <Chips evidence={tag.evidence} className="shrink-0" />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
