// JSON from outside: bounded in depth and size, without names that could reach a prototype, without broken text.
import { type FieldIssue, InvalidInput } from '#lib/errors.ts'
import { isWellFormed } from '#lib/text.ts'

export const MAX_JSON_DEPTH = 64
/** Values in one document; lists of a request are far shorter, and validation reports each bad element. */
export const MAX_JSON_VALUES = 20_000

const MAX_ISSUES = 50
const NOT_UTF8 = 'Has bytes that are not UTF-8. Send the text as UTF-8.'

/**
 * Decodes a body's bytes. A byte order mark at the start is dropped; the last of duplicate names counts.
 * @throws InvalidInput 400 when it is not JSON, 422 with the field's path when a value in it cannot be accepted.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes)
  const value = parse(text ?? new TextDecoder().decode(bytes))
  const issues = issuesWith(value, text === null ? invalidUtf8 : () => null)
  if (text === null && issues.length === 0) throw new InvalidInput([{ path: '', message: NOT_UTF8 }])
  if (issues.length > 0) throw new InvalidInput(issues)
  return value
}

/** Names that every object inherits; as keys from outside they are refused. */
export function isInheritedName(name: string): boolean {
  return name === 'prototype' || name in Object.prototype
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidInput(
      [{ path: '', message: 'The body is not valid JSON. Check quotes, commas and brackets.' }],
      400,
    )
  }
}

function invalidUtf8(text: string): string | null {
  return text.includes('\uFFFD') ? NOT_UTF8 : null
}

type Visit = { value: unknown; path: string; depth: number }

/** Walks without recursion, so that no nesting can exhaust the stack. */
function issuesWith(root: unknown, refuseText: (text: string) => string | null): FieldIssue[] {
  const issues: FieldIssue[] = []
  const open: Visit[] = [{ value: root, path: '', depth: 0 }]
  let seen = 0
  for (let visit = open.pop(); visit && issues.length < MAX_ISSUES; visit = open.pop()) {
    const { value, path, depth } = visit
    seen += 1
    if (seen > MAX_JSON_VALUES)
      return [{ path: topOf(path), message: `Holds more than ${MAX_JSON_VALUES.toLocaleString('en')} values.` }]
    if (depth > MAX_JSON_DEPTH)
      return [{ path: topOf(path), message: `Is nested deeper than ${MAX_JSON_DEPTH} levels.` }]
    const message = refusal(value, refuseText)
    if (message) issues.push({ path, message })
    for (const child of children(value, path, issues).toReversed()) open.push({ ...child, depth: depth + 1 })
  }
  return issues
}

function refusal(value: unknown, refuseText: (text: string) => string | null): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'The number is too large.'
  if (typeof value !== 'string') return null
  if (!isWellFormed(value)) return 'Has a NUL character or half of a surrogate pair. Remove it and send it again.'
  return refuseText(value)
}

function children(value: unknown, path: string, issues: FieldIssue[]): Omit<Visit, 'depth'>[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value))
    return firstOf(value).map((item, index) => ({ value: item, path: join(path, String(index)) }))
  const found: Omit<Visit, 'depth'>[] = []
  for (const name of Object.keys(value)) {
    const childPath = join(path, name)
    if (isInheritedName(name)) issues.push({ path: childPath, message: 'This name is not allowed.' })
    else if (!isWellFormed(name)) issues.push({ path, message: 'A name in it has broken characters.' })
    else found.push({ value: value[name as keyof typeof value], path: childPath })
    if (found.length > MAX_JSON_VALUES) break
  }
  return found
}

/** One more than is allowed, so that the walk notices without copying a million elements. */
function firstOf(list: unknown[]): unknown[] {
  return list.length > MAX_JSON_VALUES ? list.slice(0, MAX_JSON_VALUES + 1) : list
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The first name of a path: enough to find the field, and short however deep it was. */
function topOf(path: string): string {
  return path.split('.', 1)[0] ?? ''
}
