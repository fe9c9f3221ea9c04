import type { z } from 'zod'
import { formatQuantity } from '#app/_ui/format.ts'
import type { questionGenerator } from '#lib/workers/question-generator.ts'
import { ClaimPanel } from './claims.tsx'
import type { EvidenceView } from './evidence-view.ts'

export type Questions = z.output<typeof questionGenerator.output>

export function QuestionsResult({ result, view }: { result: Questions; view: EvidenceView }) {
  const { questions } = result
  const answered = questions.filter(({ answer }) => answer !== null).length
  return (
    <>
      {view.onlyMissing ? null : (
        <div>
          <h2 className="text-16">{formatQuantity(questions.length, 'question')} worth asking</h2>
          <p className="text-soft mt-1">
            {answered === 0
              ? 'The text answers none of them.'
              : answered === questions.length
                ? 'The text answers all of them.'
                : `The text answers ${answered} of them.`}
          </p>
        </div>
      )}
      <ClaimPanel
        title="Questions"
        view={view}
        claims={questions.map((item) => ({
          text: <span className="font-medium">{item.question}</span>,
          evidence: item.evidence,
          note: (
            <>
              <p className="text-14 leading-5.5 text-soft mt-0.5">
                {item.answer ?? <span className="text-faint">The text does not answer this.</span>}
              </p>
              <p className="flex flex-wrap gap-1.5 mt-1.5">
                <span className="tag">{item.kind}</span>
                {item.difficulty ? <span className="tag">{item.difficulty}</span> : null}
                {item.form === 'fill_in' ? <span className="tag">fill in</span> : null}
              </p>
            </>
          ),
        }))}
      />
    </>
  )
}
