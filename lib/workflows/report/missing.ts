// Why a part of a report has no content, in words for a person.
import { z } from 'zod'
import { BLOCK_REASON_TITLES } from '#lib/tasks/states.ts'
import { languageName } from '#lib/workers/languages.ts'
import { parseNeed } from '../needs.ts'
import type { Missing } from './shape.ts'
import type { RunStep } from '../shapes.ts'

/** Null when the step has a result. `steps` are all of the run. */
export function whyMissing(step: RunStep, steps: readonly RunStep[]): Missing | null {
  switch (step.status) {
    case 'waiting':
      return {
        kind: 'not_yet',
        message:
          step.needs.length === 0
            ? 'Not yet: its step has not begun.'
            : `Not yet: its step begins after ${listed(step.needs.map((need) => theStep(parseNeed(need).step, steps)))}.`,
        more: null,
      }
    case 'pending':
      return { kind: 'not_yet', message: `Not yet: ${named(step)} waits for a free slot.`, more: null }
    case 'in_progress':
      return { kind: 'not_yet', message: `Not yet: ${named(step)} is working on it.`, more: null }
    case 'blocked':
      return step.reason === 'needs_model'
        ? {
            kind: 'needs_model',
            message: `Not made: ${named(step)} needs an AI model for this.`,
            more: preparedOf(step.partial),
          }
        : {
            kind: 'blocked',
            message: `Not made yet: ${step.error?.message ?? sentence(step)}`,
            more: step.error?.advice ?? null,
          }
    case 'failed':
      return {
        kind: 'failed',
        message: `${named(step)} failed${step.error ? `: ${step.error.message}` : '.'}`,
        more: step.error?.advice ?? null,
      }
    case 'cancelled':
      return { kind: 'cancelled', message: `Not made: ${named(step)} was cancelled.`, more: null }
    case 'skipped':
      return { kind: 'skipped', message: `Not made: ${named(step)} was skipped.`, more: null }
    case 'completed':
      return null
  }
}

export function unreadable(step: RunStep): Missing {
  return {
    kind: 'unreadable',
    message: `${named(step)} answered in a form that this version cannot read.`,
    more: 'Its task still shows the whole answer.',
  }
}

export function nothingFound(nothing: string, leftOut: number): Missing {
  if (leftOut === 0) return { kind: 'nothing_found', message: nothing, more: null }
  return {
    kind: 'nothing_found',
    message:
      leftOut === 1
        ? 'The one statement was left out: its quote was not found in the text.'
        : `All ${leftOut} statements were left out: their quotes were not found in the text.`,
    more: null,
  }
}

const translationPartial = z.object({
  sourceLanguage: z.string().nullable(),
  targetLanguage: z.string(),
  segments: z.array(z.unknown()),
  protected: z.array(z.unknown()),
})

/** What a translation without a model already knows. */
function preparedOf(partial: unknown): string | null {
  const parsed = translationPartial.safeParse(partial)
  if (!parsed.success) return null
  const { sourceLanguage, targetLanguage, segments, protected: kept } = parsed.data
  const from = sourceLanguage === null ? '' : `from ${languageName(sourceLanguage)} `
  const values = kept.length === 0 ? '' : `, with ${counted(kept.length, 'value')} to keep as they are`
  return `Ready to translate ${from}into ${languageName(targetLanguage)}: ${counted(segments.length, 'sentence')}${values}.`
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function theStep(name: string, steps: readonly RunStep[]): string {
  const step = steps.find((candidate) => candidate.name === name)
  return step ? named(step) : name
}

/** In quotation marks, as a title may be any words, such as “What each part says”. */
function named({ title }: RunStep): string {
  return `“${title}”`
}

function sentence({ reason }: RunStep): string {
  return reason === null ? 'its step is blocked.' : `${BLOCK_REASON_TITLES[reason].toLowerCase()}.`
}
