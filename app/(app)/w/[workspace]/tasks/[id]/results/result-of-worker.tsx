import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CategoryResult, type Classification } from './category.tsx'
import { type DocumentAnalysis, DocumentAnalysisResult } from './document-analysis.tsx'
import type { EvidenceView } from './evidence-view.ts'
import { type PartialTranslation, PartialTranslationResult } from './partial-translation.tsx'
import { type Plan, PlanResult } from './plan.tsx'
import { type Questions, QuestionsResult } from './questions.tsx'
import { type Sentiment, SentimentResult } from './sentiment.tsx'
import { type Summary, SummaryResult } from './summary.tsx'
import { type Translation, TranslationResult } from './translation.tsx'

/** A result in the form of its worker; one without a view of its own is shown as JSON. */
export function ResultOfWorker({ worker, result, view }: { worker: string; result: unknown; view: EvidenceView }) {
  switch (worker) {
    case 'document-analyzer':
      return <DocumentAnalysisResult result={result as DocumentAnalysis} view={view} />
    case 'category-classifier':
      return <CategoryResult result={result as Classification} view={view} />
    case 'sentiment-analyzer':
      return <SentimentResult result={result as Sentiment} view={view} />
    case 'summarizer':
      return <SummaryResult result={result as Summary} view={view} />
    case 'question-generator':
      return <QuestionsResult result={result as Questions} view={view} />
    case 'translator':
      return <TranslationResult result={result as Translation} view={view} />
    case 'planner':
      return <PlanResult result={result as Plan} />
    default:
      return <JsonResult value={result} />
  }
}

export function PartialOfWorker({
  worker,
  partial,
  view,
}: {
  worker: string
  partial: Record<string, unknown>
  view: EvidenceView
}) {
  if (worker === 'translator') return <PartialTranslationResult partial={partial as PartialTranslation} view={view} />
  return <JsonResult value={partial} />
}

function JsonResult({ value }: { value: unknown }) {
  return (
    <CodeBlock label="Result as JSON" className="bg-well border border-line rounded-md">
      {JSON.stringify(value, null, 2)}
    </CodeBlock>
  )
}
