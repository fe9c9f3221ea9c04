// A workflow's draft as YAML, and back. Pure.
import { parseDocument, stringify } from 'yaml'

export type ReadDraft = { draft: Record<string, unknown> } | { problem: string; line: number | null }

/** More would be an attack: names that stand for each other, again and again. */
const MAX_ALIASES = 20

export function writeDraft(draft: unknown): string {
  const { name: _, ...rest } = (draft ?? {}) as Record<string, unknown>
  return stringify(rest, { lineWidth: 0 })
}

export function readDraft(text: string): ReadDraft {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  const error = document.errors[0]
  if (error)
    return {
      problem: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
      line: error.linePos?.[0].line ?? null,
    }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    return { problem: (cause as Error).message, line: null }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { problem: 'A workflow has a title, a summary and steps, each on a line of its own.', line: 1 }
  return { draft: value as Record<string, unknown> }
}

/** The line on which `steps.2.needs.0` stands, from 1; null when there is none. */
export function lineOf(text: string, path: string): number | null {
  const document = parseDocument(text)
  const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true)
    const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0]
    if (start !== undefined) return text.slice(0, start).split('\n').length
  }
  return null
}
