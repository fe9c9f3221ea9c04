// One question to the built-in engine, answered in the thread that asks. Each worker's code loads on first use.
import type { Outcome } from '#lib/workers/define.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { type Document, readDocument } from './document.ts'

type Rules = (document: Document, input: never) => Outcome

const RULES: Record<string, () => Promise<Rules>> = {
  'document-analyzer': async () => (await import('./document-analyzer.ts')).analyzeDocument,
  'category-classifier': async () => (await import('./category-classifier.ts')).classifyCategory,
  'sentiment-analyzer': async () => (await import('./sentiment-analyzer.ts')).analyzeSentiment,
  summarizer: async () => (await import('./summarizer.ts')).summarize,
  'question-generator': async () => (await import('./question-generator.ts')).generateQuestions,
  translator: async () => (await import('./translator.ts')).translate,
  planner: async () => (await import('./planner.ts')).planWork,
}

/** Workers that answer without a model, if only in part. */
export function hasRules(worker: string): boolean {
  return Object.hasOwn(RULES, worker)
}

/** @throws ZodError when the input, or an answer of ours, does not fit the worker's schema. */
export async function answerByRules(name: string, input: unknown): Promise<Outcome> {
  const worker = workerNamed(name)
  const values = worker.input.parse(input) as { text: string }
  const rules = await RULES[name]?.()
  if (!rules) throw new Error(`The built-in engine has no rules for ${name}.`)
  const outcome = rules(readDocument(values.text), values as never)
  return 'result' in outcome ? { ...outcome, result: worker.output.parse(outcome.result) } : outcome
}
