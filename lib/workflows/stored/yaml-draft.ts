// A workflow's draft as YAML, and back. JSON is YAML too. Pure; the time to read is linear in the length.
import {
  type Alias,
  type Document,
  isAlias,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  stringify,
  visit,
  type YAMLMap,
} from 'yaml'

export type ReadDraft = { draft: Record<string, unknown> } | { problem: string; line: number | null }

/** More would be an attack: names that stand for each other, again and again. */
const MAX_ALIASES = 20
/** Each is looked for through the whole text. */
const MOST_ALIASES = 100

/** Without its name, which is its address. */
export function writeDraft(draft: unknown): string {
  const { name: _, ...rest } = (draft ?? {}) as Record<string, unknown>
  return stringify(inOrder(rest), { lineWidth: 0 })
}

/** As a file that says which workflow it is. */
export function writeFile(name: string, draft: unknown, format: 'yaml' | 'json'): string {
  const { name: _, ...rest } = (draft ?? {}) as Record<string, unknown>
  const named = { name, ...inOrder(rest) }
  return format === 'yaml' ? stringify(named, { lineWidth: 0 }) : `${JSON.stringify(named, null, 2)}\n`
}

/** How people write it: what it is first, then what it does, then what it waits for. Postgres keeps no order of keys. */
const FIRST = ['name', 'title', 'summary', 'kind', 'worker', 'workflow', 'check', 'of', 'text', 'question', 'if']
const LAST = ['needs', 'onFailure', 'steps']

function inOrder(draft: Record<string, unknown>): Record<string, unknown> {
  const rank = (key: string) =>
    FIRST.includes(key) ? FIRST.indexOf(key) - FIRST.length : LAST.includes(key) ? LAST.indexOf(key) + 1 : 0
  const within = ([key, value]: [string, unknown]) =>
    ['steps', 'checks', 'fields'].includes(key) && Array.isArray(value)
      ? [key, value.map((item) => (isRecord(item) ? inOrder(item) : item))]
      : [key, value]
  return Object.fromEntries(
    Object.entries(draft)
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(within),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function readDraft(text: string): ReadDraft {
  const lines = new LineCounter()
  const document = parse(text, lines)
  const error = document.errors[0]
  if (error) return { problem: wordsOf(error), line: lines.linePos(error.pos[0]).line }
  const fault = faultIn(document)
  if (fault) return { problem: fault.problem, line: lines.linePos(fault.at).line }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    return { problem: (cause as Error).message, line: null }
  }
  if (!isRecord(value))
    return { problem: 'A workflow has a title, a summary and steps, each on a line of its own.', line: 1 }
  return { draft: value }
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

function faultIn(document: Document.Parsed): { problem: string; at: number } | null {
  let fault: { problem: string; at: number } | null = null
  let aliases = 0
  const found = (problem: string, node: { range?: [number, number, number] | null | undefined }) => {
    fault = { problem, at: node.range?.[0] ?? 0 }
    return visit.BREAK
  }
  visit(document, {
    Map(_, map: YAMLMap) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) return found(`"${String(key.value)}" stands here twice: keys are unique.`, key)
        seen.add(key.value)
      }
      return undefined
    },
    Alias(_, alias: Alias, above) {
      aliases += 1
      if (aliases > MOST_ALIASES)
        return found(`It has more than ${MOST_ALIASES} aliases. Write out what they stand for.`, alias)
      if (above.some((node) => isNode(node) && !isAlias(node) && node.anchor === alias.source))
        return found(`"*${alias.source}" stands within what it stands for, so it has no end.`, alias)
      return undefined
    },
  })
  return fault
}
