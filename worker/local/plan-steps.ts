// The steps of a plan by rules, each with its reason. Workers read the text itself, so that their quotes have a place in it
// and none waits for a translation.
import { languageName } from '#lib/workers/languages.ts'
import type { PlanStep } from '#lib/workers/plan-shape.ts'
import { type KindOfText, sortsOf } from './goal.ts'
import { decisionFor } from './plan-decisions.ts'
import type { PlanFacts } from './plan-facts.ts'

type WorkerStep = Extract<PlanStep, { kind: 'worker' }>
type Options = WorkerStep['options']

export function planSteps(facts: PlanFacts): PlanStep[] {
  const steps = [
    ...inParts(facts),
    ...summaryOf(facts),
    ...readingOf(facts),
    ...toneOf(facts),
    ...sortOf(facts),
    ...questionsOf(facts),
    ...translationOf(facts),
  ]
  const all = steps.length > 0 ? steps : [reading(facts, 'Because the goal asks for nothing else that the rules know.')]
  const checked = [...all, ...checksOf(facts, all)]
  return [...checked, ...decisionFor(facts, checked)]
}

function because(facts: PlanFacts, want: keyof typeof USUALLY, words: string): string {
  if (facts.asked.has(want)) return `Because you asked for ${words}.`
  return `Because it is ${facts.kind?.noun ?? 'a text'}, and ${USUALLY[want]}.`
}

/** Why a text of a kind gets what nobody asked for. */
const USUALLY = {
  summarise: 'whoever gets it need not read all of it',
  risks: 'its risks and deadlines tell what follows',
  actions: 'it is kept for what has to be done next',
  facts: 'whoever goes on with it needs the facts',
  proof: 'what is said of it has to be proven',
  numbers: 'a wrong figure would do harm',
  tone: 'its tone tells how soon it needs an answer',
  sort: 'it has to reach the right people',
  questions: 'what it leaves open has to be asked',
}

function worker(
  step: Pick<WorkerStep, 'name' | 'title' | 'reason' | 'worker' | 'options'> & Partial<WorkerStep>,
): WorkerStep {
  return { kind: 'worker', needs: [], onFailure: 'fail', text: 'input.text', ...step }
}

/** In which language a model writes; the rules keep that of the text. */
function written({ target }: PlanFacts): Options {
  return target === null ? [] : [{ name: 'outputLanguage', value: target }]
}

function inParts(facts: PlanFacts): PlanStep[] {
  const { wants } = facts
  const findings = facts.parts === 'pages' && (wants.has('facts') || wants.has('proof') || wants.has('pages'))
  if (facts.parts === null || !(wants.has('summarise') || findings)) return []
  const found = facts.parts === 'pages' && (wants.has('proof') || !wants.has('summarise'))
  const reason =
    facts.parts === 'chunks'
      ? `Because the text is long (${facts.length.toLocaleString('en')} characters): it is read in parts, side by side.`
      : `Because the document has ${facts.pages > 0 ? `${facts.pages} pages` : 'pages'}: each is read by itself, and one can be retried alone.`
  return [
    {
      name: 'parts',
      title: facts.parts === 'pages' ? 'Each page' : 'Each part',
      reason,
      kind: 'map',
      needs: [],
      onFailure: 'fail',
      worker: found ? 'document-analyzer' : 'summarizer',
      options: found
        ? [{ name: 'maxInsights', value: 4 }, ...written(facts)]
        : [{ name: 'length', value: 'short' }, { name: 'maxKeyPoints', value: 3 }, ...written(facts)],
      over: facts.parts,
      mayFail: 1,
    },
    {
      name: 'together',
      title: 'The parts together',
      reason: 'Because what was found in each part belongs in one text.',
      kind: 'join',
      needs: ['parts'],
      onFailure: 'fail',
      from: found ? 'parts.items.insights.text' : 'parts.items.summary',
    },
  ]
}

function summaryOf(facts: PlanFacts): PlanStep[] {
  const { wants, parts, short, kind } = facts
  if (!wants.has('summarise')) return []
  const whole = worker({
    name: 'summary',
    title: kind?.kind === 'minutes' ? 'Minutes' : 'Summary',
    reason: because(facts, 'summarise', 'a summary'),
    worker: 'summarizer',
    options: [
      { name: 'length', value: short ? 'short' : parts || kind ? 'long' : 'medium' },
      ...(kind?.kind === 'minutes' || kind?.kind === 'feedback' ? [{ name: 'style', value: 'bullets' }] : []),
      ...(kind ? [{ name: 'focus', value: FOCUS[kind.kind] }] : []),
      ...written(facts),
    ],
  })
  return [parts === null ? whole : { ...whole, needs: ['together'], text: 'together.text' }]
}

const FOCUS: Record<KindOfText['kind'], string> = {
  appeal: 'reasons, deadlines and missing evidence',
  contract: 'term, fees, liability, termination and data protection',
  fraud: 'amount, beneficiary, and what is unusual',
  medical: 'findings, medication and orders',
  finance: 'results, debt, cash flow and outlook',
  feedback: 'what people praise and what they complain about',
  support: 'what the customer asks for, and by when',
  minutes: 'decisions, owners and dates',
  research: 'question, method, results and limits',
}

function readingOf(facts: PlanFacts): PlanStep[] {
  const { wants, kind } = facts
  const first = (['risks', 'actions', 'facts', 'proof', 'numbers'] as const).find((want) => wants.has(want))
  const judged = wants.has('decide') && kind !== null && kind.kind !== 'support' && kind.kind !== 'feedback'
  if (!first && !judged) return []
  // Figures and proof of a summary are checked there.
  if (!judged && (first === 'numbers' || (first === 'proof' && facts.parts !== null)) && wants.has('summarise'))
    return []
  const words = { risks: 'the risks', actions: 'what has to be done', facts: 'what it says', proof: 'proof' }
  const reason =
    first === undefined
      ? 'Because whoever decides needs the facts and the risks.'
      : first === 'numbers'
        ? 'Because figures can only be checked in something that was taken from the text.'
        : because(facts, first, words[first])
  return [reading(facts, reason)]
}

function reading(facts: PlanFacts, reason: string): PlanStep {
  const { wants, kind } = facts
  const actions = wants.has('actions') && !wants.has('risks')
  const risks =
    !actions && (wants.has('risks') || ['appeal', 'contract', 'fraud', 'finance'].includes(kind?.kind ?? ''))
  return worker({
    name: 'read',
    title: actions ? 'What has to be done' : risks ? 'Risks and deadlines' : 'What matters',
    reason,
    worker: 'document-analyzer',
    options: [
      ...(actions || risks ? [{ name: 'focus', value: actions ? 'actions' : 'risks' }] : []),
      ...(actions ? [{ name: 'maxActions', value: 12 }] : []),
      ...(risks ? [{ name: 'maxRisks', value: 10 }] : []),
      ...written(facts),
    ],
  })
}

function toneOf(facts: PlanFacts): PlanStep[] {
  if (!facts.wants.has('tone')) return []
  return [
    worker({
      name: 'tone',
      title: 'Tone and urgency',
      reason: because(facts, 'tone', 'the tone'),
      worker: 'sentiment-analyzer',
      options: written(facts),
    }),
  ]
}

function sortOf(facts: PlanFacts): PlanStep[] {
  if (!facts.wants.has('sort')) return []
  const sorts = sortsOf(facts.kind?.kind ?? null)
  return [
    worker({
      name: 'topic',
      title: 'What it belongs to',
      reason: because(facts, 'sort', 'a category'),
      worker: 'category-classifier',
      options: [...(sorts ? [{ name: 'categories', value: sorts }] : []), ...written(facts)],
    }),
  ]
}

function questionsOf(facts: PlanFacts): PlanStep[] {
  if (!facts.wants.has('questions')) return []
  const kind = facts.kind?.kind
  const purpose =
    kind === 'research'
      ? 'discussion'
      : kind === 'finance' || kind === 'fraud' || kind === 'support'
        ? 'interview'
        : 'review'
  const titles = {
    discussion: 'Questions to discuss',
    interview: 'Questions to ask',
    review: 'Questions on what is missing',
  }
  return [
    worker({
      name: 'questions',
      title: titles[purpose],
      reason: because(facts, 'questions', 'questions'),
      worker: 'question-generator',
      options: [{ name: 'kind', value: purpose }, ...written(facts)],
    }),
  ]
}

function translationOf({ wants, target, language }: PlanFacts): PlanStep[] {
  if (!wants.has('translate') || target === null) return []
  const from = language === null ? 'its language could not be told' : `the text is in ${languageName(language)}`
  return [
    worker({
      name: 'translation',
      title: `Translation into ${languageName(target)}`,
      reason: `Because ${from} and you asked for ${languageName(target)}.`,
      worker: 'translator',
      onFailure: 'continue',
      options: [{ name: 'targetLanguage', value: target }],
    }),
  ]
}

/** What they find stands in the report; a check that fails ends no run. */
function checksOf(facts: PlanFacts, steps: readonly PlanStep[]): PlanStep[] {
  const has = (name: string) => steps.some((step) => step.name === name)
  const checks: PlanStep[] = []
  if (facts.wants.has('proof') && has('read'))
    checks.push({
      name: 'proof',
      title: 'Every quote stands in the text',
      reason: because(facts, 'proof', 'proof'),
      kind: 'validate',
      needs: ['read'],
      onFailure: 'continue',
      checks: [{ check: 'quotes_exist', of: 'read', from: null, is: null }],
    })
  const figures = has('summary') ? ['summary', 'summary.summary'] : has('read') ? ['read', 'read.insights.text'] : null
  if (facts.wants.has('numbers') && figures)
    checks.push({
      name: 'figures',
      title: 'Every figure stands in the text',
      reason: because(facts, 'numbers', 'the figures to be checked'),
      kind: 'validate',
      needs: [figures[0] ?? ''],
      onFailure: 'continue',
      checks: [{ check: 'numbers_preserved', of: 'input.text', from: figures[1] ?? null, is: null }],
    })
  return checks
}
