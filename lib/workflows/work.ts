// What workers are given: the text and options of a ready step, and the items of one that works through a list.
import { chunksOf } from '#lib/documents/chunks.ts'
import { PAGE_BREAK } from '#lib/documents/states.ts'
import { InvalidInput } from '#lib/errors.ts'
import { checkInput } from '#lib/tasks/input.ts'
import type { Engine, TaskLimits } from '#lib/tasks/states.ts'
import { failure, type StepOutcome, textFor } from './control.ts'
import { MAX_ITEMS, type StepDefinition, type WorkStep } from './definition.ts'
import { fillOptions, sourceOf, textsOf, type Values } from './mapping.ts'
import { readPath } from './paths.ts'
import type { RunInput } from './read-values.ts'
import { isOverText } from './roots.ts'
import type { StepPart } from './states.ts'

export type ReadyTask = {
  name: string
  /** 0 is the step itself. */
  item: number
  worker: string
  options: Record<string, unknown>
  /** Null: the run's own. */
  text: string | null
  engine: Engine | null
  limits: TaskLimits | null
  part: StepPart | null
}

export type Work = { tasks: ReadyTask[] } | { outcome: StepOutcome }

type Options = Record<string, unknown>

/** `options` are the step's as stored with the run. */
export function workOf(step: WorkStep, options: Options, values: Values): Work {
  const filled = fillOptions(options, values)
  if (step.kind === 'map') return itemsOf(step, filled, values)
  const own = step.text !== 'input.text'
  const asStored = Object.values(options).every((option) => sourceOf(option) === null)
  if (!own && asStored) return { tasks: [taskOf(step, 0, options, null, null)] }
  const text = own ? textFor(step.name, step.text, values) : null
  if (text !== null && typeof text !== 'string') return { outcome: text }
  return checked(step, () => [checkedTask(step, 0, filled, text, null)])
}

function itemsOf(step: MapStep, options: Options, values: Values): Work {
  const parts = partsOf(step, values)
  if (parts.length > MAX_ITEMS)
    return {
      outcome: failure(
        step.name,
        'too_many_items',
        `"${step.over}" has ${parts.length} items, and a step works through ${MAX_ITEMS} at most.`,
        'Split the text, or start a batch.',
      ),
    }
  return checked(step, () => parts.map(({ text, ...part }, index) => checkedTask(step, index + 1, options, text, part)))
}

type MapStep = Extract<StepDefinition, { kind: 'map' }>

function partsOf({ over, chunkCharacters }: MapStep, values: Values): (StepPart & { text: string })[] {
  if (!isOverText(over))
    return textsOf(readPath(values, over)).map((text, index) => ({ label: `Item ${index + 1}`, text }))
  const { text, pages } = values.get('input') as RunInput
  const parts =
    over === 'chunks'
      ? chunksOf(text, { maxCharacters: chunkCharacters, pageStarts: pages.map(({ start }) => start) })
      : pagesOf(text, pages)
  return parts
    .map((part, index) => ({
      label: part.heading ?? `${over === 'pages' ? 'Page' : 'Part'} ${index + 1}`,
      start: part.start,
      end: part.end,
      text: text.slice(part.start, part.end),
    }))
    .filter((part) => part.text.trim() !== '')
}

type Part = { start: number; end: number; heading?: string | null }

/** Those of the run's document, else what stands between form feeds, as printers and text exports have them. */
function pagesOf(text: string, pages: RunInput['pages']): Part[] {
  if (pages.length > 0)
    return pages.map(({ page, start: place }, index) => {
      const next = pages[index + 1]
      return { start: place, end: next ? next.start - PAGE_BREAK.length : text.length, heading: `Page ${page}` }
    })
  let start = 0
  return text.split('\f').map((page) => {
    const place = { start, end: start + page.length }
    start = place.end + 1
    return place
  })
}

function checked(step: WorkStep, tasks: () => ReadyTask[]): Work {
  try {
    return { tasks: tasks() }
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    const { path, message } = error.issues[0] ?? { path: 'input', message: 'The input does not fit.' }
    return {
      outcome: failure(
        step.name,
        'bad_input',
        `${path.replace(/^input\.?/, '') || 'input'}: ${message}`,
        'Look at the outputs that this step is given.',
      ),
    }
  }
}

/** @throws InvalidInput */
function checkedTask(
  step: WorkStep,
  item: number,
  options: Options,
  text: string | null,
  part: StepPart | null,
): ReadyTask {
  const input = checkInput(step.worker, { ...options, text: text ?? 'text' })
  return taskOf(step, item, input.options, text === null ? null : input.text, part)
}

function taskOf(step: WorkStep, item: number, options: Options, text: string | null, part: StepPart | null): ReadyTask {
  const { name, worker, engine = null, attempts, timeoutSeconds, model } = step
  const limits: TaskLimits = {
    ...(attempts === undefined ? {} : { attempts }),
    ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1_000 }),
    ...(model === undefined ? {} : { model }),
  }
  return { name, item, worker, options, text, engine, limits: Object.keys(limits).length > 0 ? limits : null, part }
}
