// A workflow's draft as YAML, and back. JSON is YAML too. Pure; the time to read is linear in the length.
import { type Document, isScalar, LineCounter, parseDocument, stringify, visit, type YAMLMap } from 'yaml'

export type ReadDraft = { draft: Record<string, unknown> } | { problem: string; line: number | null }

/** More would be an attack: names that stand for each other, again and again. */
const MAX_ALIASES = 20

export function writeDraft(draft: unknown): string {
  const { name: _, ...rest } = (draft ?? {}) as Record<string, unknown>
  return stringify(rest, { lineWidth: 0 })
}

export function readDraft(text: string): ReadDraft {
  const lines = new LineCounter()
  const document = parse(text, lines)
  const error = document.errors[0]
  if (error) return { problem: wordsOf(error), line: lines.linePos(error.pos[0]).line }
  const twice = keyTwice(document)
  if (twice)
    return { problem: `"${twice.key}" stands here twice: keys are unique.`, line: lines.linePos(twice.at).line }
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
  return linesOf(text, [path])[0] ?? null
}

/** Of each path the line where it stands, or where the nearest one above it does. */
export function linesOf(text: string, paths: readonly string[]): (number | null)[] {
  const lines = new LineCounter()
  const document = parse(text, lines)
  return paths.map((path) => {
    const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true)
      const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0]
      if (start !== undefined) return lines.linePos(start).line
    }
    return null
  })
}

/** The parser's own look for keys that stand twice, and its prettier errors, take quadratic time. */
function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  return parseDocument(text, { prettyErrors: false, uniqueKeys: false, lineCounter })
}

function wordsOf({ code, message }: Document.Parsed['errors'][number]): string {
  if (code === 'RESOURCE_EXHAUSTION') return 'It is nested too deeply to be read.'
  if (code === 'MULTIPLE_DOCS') return 'Several documents stand in it, parted by "---". A workflow is one document.'
  return message
}

function keyTwice(document: Document.Parsed): { key: string; at: number } | null {
  let found: { key: string; at: number } | null = null
  visit(document, {
    Map(_, map: YAMLMap) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) {
          found = { key: String(key.value), at: key.range?.[0] ?? 0 }
          return visit.BREAK
        }
        seen.add(key.value)
      }
      return undefined
    },
  })
  return found
}
