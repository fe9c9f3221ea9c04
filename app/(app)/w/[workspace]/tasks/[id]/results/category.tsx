import type { z } from 'zod'
import { Panel } from '#app/_ui/panel.tsx'
import type { categoryClassifier } from '#lib/workers/category-classifier.ts'
import { Chips, Stated } from './claims.tsx'
import type { EvidenceView } from './evidence-view.ts'

export type Classification = z.output<typeof categoryClassifier.output>

export function CategoryResult({ result, view }: { result: Classification; view: EvidenceView }) {
  const most = Math.max(0.01, ...result.scores.map(({ score }) => score))
  return (
    <>
      <div>
        <h2 className="text-16">
          {result.category ?? 'No category fits'}
          {result.confidence ? (
            <span className="text-12 text-soft font-normal ml-2">{result.confidence} confidence</span>
          ) : null}
        </h2>
        <p className="text-14 leading-6 mt-1">
          <Stated text={result.reason} evidence={result.evidence} view={view} />
        </p>
      </div>
      {result.tags.length > 0 ? (
        <Panel title="Tags" count={result.tags.length} level={3}>
          <ul className="flex flex-wrap gap-x-4 gap-y-2 p-3.5">
            {result.tags.map(({ tag, evidence }) => (
              <li key={tag} className="inline-flex items-center">
                <span className="tag">{tag}</span>
                <Chips evidence={evidence} view={view} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {result.scores.length > 0 ? (
        <Panel title="Fit of each category" note="a comparison, not a probability" level={3}>
          <table className="w-full text-13">
            <caption className="sr">How well each category fits, from 0 to 1</caption>
            <thead className="sr">
              <tr>
                <th scope="col">Category</th>
                <th scope="col">Bar</th>
                <th scope="col">Fit</th>
              </tr>
            </thead>
            <tbody>
              {result.scores.map(({ category, score }) => (
                <tr key={category} className="*:border-t *:border-line first:*:border-t-0">
                  <th
                    scope="row"
                    className={`text-left pl-3.5 py-1.5 pr-3 ${category === result.category ? 'font-medium' : 'font-normal text-soft'}`}
                  >
                    {category}
                  </th>
                  {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a cell is no control; the next one has the words */}
                  <td className="w-[36%] py-1.5">
                    <i
                      className={`block h-2 rounded-xs ${category === result.category ? 'bg-c1' : 'bg-c4'}`}
                      style={{ width: `max(2px, ${(score / most) * 100}%)` }}
                      aria-hidden
                    />
                  </td>
                  <td className="num text-right pr-3.5 pl-2 py-1.5 w-14">{score.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ) : null}
    </>
  )
}
