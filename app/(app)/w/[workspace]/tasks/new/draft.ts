// What the form holds, and the request it stands for: the two are translated into each other without loss. Pure.
import type { Engine, Priority } from '#lib/tasks/states.ts'
import type { SubmitRequest } from '#lib/tasks/requests.ts'
import type { DocumentPart } from '#lib/documents/part.ts'
import type { FieldIssue } from '#lib/errors.ts'

export type Draft = {
  worker: string
  text: string
  /** Options that differ from their initial value, by worker, so that changing the worker loses nothing. */
  options: Record<string, Record<string, unknown>>
  engine: Engine
  priority: Priority
  /** Local time as the browser's field writes it (`2026-11-23T09:30`); empty = none. */
  dueAt: string
  notBefore: string
  title: string
  tags: string[]
  externalId: string
  idempotencyKey: string
  replayOf: string | null
}

/** A text that was taken from a document: as long as it stands as it was, a request names the document instead. */
export type GivenText = { part: DocumentPart; text: string }

export function emptyDraft(worker: string): Draft {
  return {
    worker,
    text: '',
    options: {},
    engine: 'auto',
    priority: 'normal',
    dueAt: '',
    notBefore: '',
    title: '',
    tags: [],
    externalId: '',
    idempotencyKey: '',
    replayOf: null,
  }
}

/** The request as it is sent; what has its default is left out, except the priority. */
export function requestOf(draft: Draft, given: GivenText | null = null): SubmitRequest {
  return {
    worker: draft.worker,
    input: { text: textOf(draft, given), ...draft.options[draft.worker] },
    ...orderOf(draft),
    ...(draft.replayOf === null ? {} : { replayOf: draft.replayOf }),
  }
}

/** What tasks and runs are given beside their work. */
export function orderOf(draft: Draft): Omit<SubmitRequest, 'worker' | 'input' | 'replayOf'> {
  return {
    ...(draft.title.trim() ? { title: draft.title.trim() } : {}),
    ...(draft.tags.length > 0 ? { tags: draft.tags } : {}),
    ...(draft.externalId.trim() ? { externalId: draft.externalId.trim() } : {}),
    ...(draft.engine === 'auto' ? {} : { engine: draft.engine }),
    priority: draft.priority,
    ...(isTime(draft.dueAt) ? { dueAt: instantOf(draft.dueAt) } : {}),
    ...(isTime(draft.notBefore) ? { notBefore: instantOf(draft.notBefore) } : {}),
  }
}

export function textOf({ text }: Draft, given: GivenText | null): string | DocumentPart {
  return given !== null && given.text === text ? given.part : text
}

/** The draft that a request stands for; the options of other workers are kept. */
export function draftOf(request: SubmitRequest, previous: Draft, given: GivenText | null = null): Draft {
  const { text, ...options } = request.input
  return {
    worker: request.worker,
    text: typeof text === 'string' ? text : (given?.text ?? ''),
    options: { ...previous.options, [request.worker]: options },
    engine: request.engine ?? 'auto',
    priority: request.priority ?? 'normal',
    dueAt: request.dueAt === undefined ? '' : localTime(new Date(request.dueAt)),
    notBefore: request.notBefore === undefined ? '' : localTime(new Date(request.notBefore)),
    title: request.title ?? '',
    tags: request.tags ?? [],
    externalId: request.externalId ?? '',
    idempotencyKey: previous.idempotencyKey,
    replayOf: request.replayOf ?? null,
  }
}

/** The field of the form that an issue of the server belongs to: `text`, `dueAt`, `option-maxTags`. */
export function fieldOfIssue({ path }: FieldIssue): string {
  const parts = path.replace(/^request\.?/, '').split('.')
  if (parts[0] !== 'input') return parts[0] ?? ''
  return parts[1] === undefined || parts[1] === 'text' ? 'text' : `option-${parts[1]}`
}

/** `2026-11-23T09:30` in the viewer's zone, with seconds where there are some. */
export function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const ms = date.getMilliseconds()
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`
  const seconds = date.getSeconds() === 0 && ms === 0 ? '' : `:${two(date.getSeconds())}${fraction}`
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}${seconds}`
}

export function isTime(local: string): boolean {
  return local !== '' && !Number.isNaN(new Date(local).getTime())
}

function instantOf(local: string): string {
  return new Date(local).toISOString().replace('.000Z', 'Z')
}
