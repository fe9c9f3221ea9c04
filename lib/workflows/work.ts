// What workers are given: the text and options of a ready step, and the items of one that works through a list.
import { chunksOf } from '#lib/documents/chunks.ts'
import { PAGE_BREAK } from '#lib/documents/states.ts'
import { InvalidInput } from '#lib/errors.ts'
import { checkInput } from '#lib/tasks/input.ts'
import type { Engine, TaskLimits } from '#lib/tasks/states.ts'
import { failure, type StepOutcome, textFor } from './control.ts'
import { MAX_ITEMS, type StepDefinition, type WorkStep } from './definition.ts'
import { fillOptions, sourceOf, textsOf, type Values } from './mapping.ts'
import { FORM_FEED, formFeeds, isOwnLabel, pagesWithin, pageWords } from './part-pages.ts'
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
  const title = isOverText(step.over) ? (values.get('input') as RunInput).title : null
  return checked(step, () =>
    parts.map(({ text, ...part }, index) => {
      const task = checkedTask(step, index + 1, options, text, part)
      if (title === null || parts.length === 1) return task
      const context = contextOf({ title, part, index, of: parts.length })
      return { ...task, limits: { ...task.limits, context } }
    }),
  )
}

type Placed = { title: string; part: StepPart; index: number; of: number }

/** What a model is told of a part beside it, so that "it" and "the above" have something to mean. */
function contextOf({ title, part: { label, pages }, index, of }: Placed): string {
  const where = pages === undefined ? '' : `, ${pageWords(pages)}`
  const under = isOwnLabel(label) ? '' : `, under the heading “${label}”`
  return `Part ${index + 1} of ${of} of the document “${title}”${where}${under}.`
}

type MapStep = Extract<StepDefinition, { kind: 'map' }>

function partsOf({ over, chunkCharacters }: MapStep, values: Values): (StepPart & { text: string })[] {
  if (!isOverText(over))
    return textsOf(readPath(values, over)).map((text, index) => ({ label: `Item ${index + 1}`, text }))
  const { text, pages: known } = values.get('input') as RunInput
  const pages = known.length > 0 ? known : formFeeds(text)
  const parts =
    over === 'chunks'
      ? chunksOf(text, { maxCharacters: chunkCharacters, pageStarts: pages.map(({ start }) => start) })
      : pagesOf(text, pages, known.length > 0 ? PAGE_BREAK.length : FORM_FEED.length)
  return parts
    .map((part, index) => {
      const body = text.slice(part.start, part.end)
      const spanned = pagesWithin(pages, part.start, part.start + body.trimEnd().length)
      return {
        label: part.heading ?? `${over === 'pages' ? 'Page' : 'Part'} ${index + 1}`,
        start: part.start,
        end: part.end,
        ...(spanned ? { pages: spanned } : {}),
        text: body,
      }
    })
    .filter((part) => part.text.trim() !== '')
}

type Part = { start: number; end: number; heading?: string | null }

/** Pages with text between them; all of a text without any. */
function pagesOf(text: string, pages: RunInput['pages'], gap: number): Part[] {
  if (pages.length === 0) return [{ start: 0, end: text.length }]
  return pages.map(({ page, start }, index) => {
    const next = pages[index + 1]
    return { start, end: next ? next.start - gap : text.length, heading: `Page ${page}` }
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
