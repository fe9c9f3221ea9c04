// What the form can tell before anything is sent; the server decides. Pure.
import { MAX_TEXT_LENGTH } from './limits.ts'
import { isWellFormed } from '#lib/text.ts'
import type { CatalogueWorker } from './catalogue.ts'
import { type Draft, isTime } from './draft.ts'
import { optionProblem } from './option-controls.ts'

/** `field` is the name of the form's field: `text`, `dueAt`, `option-maxTags`. */
export type Problem = { field: string; label: string; message: string }

const LABELS: Record<string, string> = {
  text: 'Text',
  dueAt: 'Due by',
  notBefore: 'Not before',
  title: 'Title',
  tags: 'Tags',
  externalId: 'External id',
  idempotencyKey: 'Idempotency key',
}

export function problemsOf(draft: Draft, worker: CatalogueWorker, now: number): Problem[] {
  const problems: Problem[] = []
  const add = (field: string, message: string | null) => {
    if (message !== null) problems.push({ field, label: labelOf(field, worker), message })
  }
  add('text', textProblem(draft.text))
  for (const control of worker.controls) {
    const value = draft.options[worker.name]?.[control.name] ?? control.initial
    add(`option-${control.name}`, optionProblem(control, value))
  }
  add('dueAt', dueProblem(draft, now))
  if (draft.tags.length > 10) add('tags', 'At most 10 tags are allowed.')
  if (draft.tags.some((tag) => tag.length > 40)) add('tags', 'A tag has at most 40 characters.')
  if (draft.title.length > 200) add('title', 'At most 200 characters are allowed.')
  if (draft.externalId.length > 200) add('externalId', 'At most 200 characters are allowed.')
  if (draft.idempotencyKey !== '' && !/^[\x21-\x7e]{1,255}$/.test(draft.idempotencyKey))
    add('idempotencyKey', 'Use up to 255 letters, digits and signs, without spaces.')
  return problems
}

export function labelOf(field: string, worker: CatalogueWorker): string {
  const option = worker.controls.find((control) => `option-${control.name}` === field)
  return option?.title ?? LABELS[field] ?? field
}

function textProblem(text: string): string | null {
  if (text.trim() === '') return 'Enter some text.'
  if (text.length > MAX_TEXT_LENGTH)
    return `The text is ${(text.length - MAX_TEXT_LENGTH).toLocaleString('en')} characters too long.`
  return isWellFormed(text) ? null : 'The text has a NUL character or half of an emoji. Remove it.'
}

function dueProblem({ dueAt, notBefore }: Draft, now: number): string | null {
  if (!isTime(dueAt)) return null
  const due = new Date(dueAt).getTime()
  const minutesLate = Math.floor((now - due) / 60_000)
  if (now > due) return `This passed ${minutesLate < 1 ? 'just now' : ago(minutesLate)}. Pick a later time.`
  if (isTime(notBefore) && new Date(notBefore).getTime() >= due)
    return 'It would be due before it may start. Pick a later time, or an earlier start.'
  return null
}

function ago(minutes: number): string {
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} ${hours === 1 ? 'hour' : 'hours'} ago` : `${Math.floor(hours / 24)} days ago`
}
