// A plan by rules: what the goal asks for, made to fit the text's language, length, pages and kind.
import type { z } from 'zod'
import type { Outcome } from '#lib/workers/define.ts'
import { languageName, sameLanguage } from '#lib/workers/languages.ts'
import type { Plan } from '#lib/workers/plan-shape.ts'
import type { planner } from '#lib/workers/planner.ts'
import type { Document } from './document.ts'
import { kindOf, readGoal, type Kind, type Want } from './goal.ts'
import { completed, unknownLanguageLimit } from './info.ts'
import type { PlanFacts } from './plan-facts.ts'
import { planSteps } from './plan-steps.ts'

type Input = z.output<typeof planner.input>

/** Below this a text is read as fast as its summary. */
const SHORT_TEXT = 900
/** From here on it is read in parts first. */
const LONG_TEXT = 24_000
const FEWEST_PAGES = 3

/** What is done with a text of a kind when the goal asks for nothing that the rules know. */
const USUAL: Record<Kind, readonly Want[]> = {
  appeal: ['summarise', 'risks', 'questions', 'proof', 'decide'],
  contract: ['summarise', 'risks', 'questions', 'proof', 'decide'],
  fraud: ['summarise', 'sort', 'risks', 'proof', 'decide'],
  medical: ['summarise', 'sort', 'facts', 'numbers', 'decide'],
  finance: ['summarise', 'risks', 'numbers', 'questions', 'decide'],
  feedback: ['summarise', 'tone', 'sort', 'decide'],
  support: ['summarise', 'tone', 'sort', 'decide'],
  minutes: ['summarise', 'actions', 'numbers', 'decide'],
  research: ['summarise', 'facts', 'numbers', 'questions'],
}
/** Whose risks a person answers for. */
const RISKY: ReadonlySet<Kind> = new Set(['appeal', 'contract', 'fraud', 'finance'])
const USUAL_OF_ALL: readonly Want[] = ['summarise', 'facts']
const EVERYTHING: readonly Want[] = ['summarise', 'facts', 'tone', 'sort', 'questions']

export function planWork(document: Document, { goal, pages }: Input): Outcome {
  const asked = readGoal(goal, document.language)
  const kind = kindOf(document, goal)
  const target = asked.language
  const translated = target !== null && (document.language === null || !sameLanguage(document.language, target))
  const wants = wantsOf(asked.wants, kind?.kind ?? null, translated && !asked.refused.has('translate'))
  for (const want of asked.refused) wants.delete(want)
  const short = document.text.length < SHORT_TEXT
  const idle = short && wants.has('summarise') && !asked.wants.has('summarise')
  if (idle && wants.size > 1) wants.delete('summarise')
  const length = document.text.length
  const facts: PlanFacts = {
    wants,
    asked: asked.wants.has('everything') ? new Set([...asked.wants, ...EVERYTHING]) : asked.wants,
    kind,
    language: document.language,
    target: target !== null && translated ? target : null,
    short,
    parts: pages >= FEWEST_PAGES && (length >= LONG_TEXT / 4 || wants.has('pages')) ? 'pages' : null,
    pages,
    length,
  }
  if (facts.parts === null && wants.has('pages') && document.text.includes('\f')) facts.parts = 'pages'
  if (facts.parts === null && length >= LONG_TEXT) facts.parts = 'chunks'
  const steps = planSteps(facts)
  const plan: Plan = {
    title: titleOf(goal, kind?.title ?? null),
    summary: `${describe(document, kind?.title ?? 'Text', pages)}: ${steps.length === 1 ? 'one step' : `${steps.length} steps`}.`,
    about: kind?.title ?? null,
    steps,
    notes: notesOf({ goal, asked, facts, idle: idle && !wants.has('summarise'), translated, target }),
  }
  return completed(document, plan, {
    method:
      'Planned by rules from the words of the goal and the language, length, pages and kind of the text; no AI model.',
    limits: [
      'Goals are read by word lists in English, German, French and Spanish; what is said otherwise is not understood.',
      unknownLanguageLimit(document),
    ],
  })
}

/** Words that only say how, or that somebody should look. */
const MANNERS: readonly Want[] = ['review', 'pages', 'foureyes', 'translate', 'decide', 'proof', 'numbers']

function wantsOf(asked: ReadonlySet<Want>, kind: Kind | null, translate: boolean): Set<Want> {
  const wants = new Set(asked)
  const work = [...wants].filter((want) => !MANNERS.includes(want))
  const usual = kind ? USUAL[kind] : USUAL_OF_ALL
  if (wants.has('everything')) for (const want of EVERYTHING) wants.add(want)
  else if (work.length === 0 && wants.has('decide')) for (const want of usual) wants.add(want)
  else if (work.length === 0 && !wants.has('translate') && !wants.has('numbers') && !wants.has('proof'))
    for (const want of usual) wants.add(want)
  // Judging calls for a person where the kind of text does.
  if (kind !== null && wants.has('risks') && RISKY.has(kind)) wants.add('decide')
  if (wants.has('foureyes')) wants.add('decide')
  if (translate) wants.add('translate')
  else wants.delete('translate')
  return wants
}

function titleOf(goal: string, kind: string | null): string {
  const plain = goal
    .replace(/\b(?:https?:\/\/|www\.)\S*/gi, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain === '') return kind ? `Plan for: ${kind}` : 'Plan for a text'
  const short = plain.length <= 80 ? plain : `${plain.slice(0, 78).replace(/\s+\S*$/, '')} …`
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}`.toWellFormed()
}

function describe({ language, text }: Document, kind: string, pages: number): string {
  const size =
    pages > 0 ? `${pages} ${pages === 1 ? 'page' : 'pages'}` : `${text.length.toLocaleString('en')} characters`
  return `${kind}${language ? ` in ${languageName(language)}` : ''}, ${size}`
}

type Noted = {
  goal: string
  asked: ReturnType<typeof readGoal>
  facts: PlanFacts
  idle: boolean
  translated: boolean
  target: string | null
}

function notesOf({ goal, asked, facts, idle, translated, target }: Noted): string[] {
  const known = [...asked.wants].some((want) => want !== 'review') || asked.refused.size > 0 || target !== null
  return [
    !known &&
      goal !== '' &&
      `The rules found no task they know in the goal, so the plan does what is usual for ${facts.kind?.noun ?? 'any text'}.`,
    idle && `There is no summary, because the text is short: ${facts.length.toLocaleString('en')} characters.`,
    target !== null &&
      !translated &&
      `There is no translation, because the text is in ${languageName(target)} already.`,
    target === null &&
      asked.wants.has('translate') &&
      'There is no translation, because the goal names no language to translate into.',
    facts.target !== null &&
      'The translation needs an AI model. Without one the rest of the run ends and the translation waits.',
  ].filter((note) => typeof note === 'string')
}
