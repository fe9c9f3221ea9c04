// What can be written where the caret stands in a path or an expression: the outputs of earlier steps, field by field,
// and in quotes the words that the field beside them can be. Pure.
import type { JsonSchema } from '#lib/workers/evidence.ts'
import {
  isList,
  isTextual,
  propertiesOf,
  resolvePath,
  type Scope,
  throughLists,
  typeOf,
  withoutNull,
} from '../paths.ts'

export type Want = 'text' | 'list' | 'any' | 'expression'

export type Suggestion = {
  /** What takes the place of what is being written. */
  insert: string
  /** What stands before the last word, as it stands there already. */
  before: string
  word: string
  type: string
  /** The only values that it has, when those are few. */
  words: readonly string[]
  about: string | null
  /** It has fields of its own and is no use by itself: writing goes on. */
  leadsOn: boolean
}

/** `from` to `to` is what is being written. */
export type Suggestions = { from: number; to: number; items: readonly Suggestion[] }

const MOST = 60
const NOTHING: Suggestions = { from: 0, to: 0, items: [] }

export function suggestionsAt(scope: Scope, text: string, caret: number, want: Want): Suggestions {
  const before = text.slice(0, caret)
  if (want === 'expression') {
    const quoted = openQuote(before)
    if (quoted !== null) return wordsBeside(scope, text, quoted, caret)
  }
  const [written = ''] = /[\w.]*$/.exec(before) ?? []
  if (/^[\d.]/.test(written)) return NOTHING
  const [rest = ''] = /^\w*/.exec(text.slice(caret)) ?? []
  const cut = written.lastIndexOf('.')
  const within = written.slice(0, cut + 1)
  const found = (cut === -1 ? rootsOf(scope) : fieldsOf(scope, written.slice(0, cut), want)) ?? []
  const typed = written.slice(cut + 1).toLowerCase()
  const items = found
    .filter(([word]) => word.toLowerCase().includes(typed))
    .map(([word, schema]) => suggestion(within, word, schema, want))
    .toSorted((a, b) => rankOf(a, typed, want, scope) - rankOf(b, typed, want, scope))
  return { from: caret - written.length, to: caret + rest.length, items: items.slice(0, MOST) }
}

type Fields = readonly (readonly [string, JsonSchema])[]

function rootsOf(scope: Scope): Fields {
  return [...scope]
}

/** Through a list its fields are lists too; expressions do not look into lists that way. */
function fieldsOf(scope: Scope, path: string, want: Want): Fields | null {
  const found = resolvePath(scope, path)
  if ('problem' in found) return null
  const list = isList(found.schema)
  if (list && want === 'expression') return null
  const properties = Object.entries(propertiesOf(throughLists(withoutNull(found.schema))) ?? {})
  return list ? properties.map(([name, items]) => [name, { ...shown(items), type: 'array', items }]) : properties
}

/** What a person is told of it, whatever it is wrapped in. */
function shown(schema: JsonSchema): JsonSchema {
  const { description } = schema
  return description === undefined ? {} : { description }
}

function suggestion(before: string, word: string, schema: JsonSchema, want: Want): Suggestion {
  const plain = withoutNull(schema)
  const description = schema['description'] ?? plain['description']
  const choices = throughLists(plain)['enum']
  return {
    insert: before + word,
    before,
    word,
    type: Array.isArray(choices) && !isList(plain) ? 'choice' : typeOf(schema),
    words: Array.isArray(choices) ? choices.map(String) : [],
    about: typeof description === 'string' ? description : null,
    leadsOn: !fits(schema, want) && propertiesOf(throughLists(plain)) !== undefined,
  }
}

function fits(schema: JsonSchema, want: Want): boolean {
  switch (want) {
    case 'any':
      return true
    case 'list':
      return isList(schema) && isTextual(schema)
    case 'text':
      return isTextual(schema)
    case 'expression':
      return propertiesOf(withoutNull(schema)) === undefined
  }
}

/** What begins as typed first, and what can be used there before what cannot. */
function rankOf({ insert, word, leadsOn }: Suggestion, typed: string, want: Want, scope: Scope): number {
  const found = resolvePath(scope, insert)
  const useful = leadsOn || ('schema' in found && fits(found.schema, want))
  return (word.toLowerCase().startsWith(typed) ? 0 : 2) + (useful ? 0 : 1)
}

/** Where the quote begins that is still open at the end; null outside of quotes. */
function openQuote(text: string): number | null {
  let open: number | null = null
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (open !== null && sign === '\\') at += 1
    else if (open !== null && sign === text[open]) open = null
    else if (open === null && (sign === '"' || sign === "'")) open = at
  }
  return open
}

function wordsBeside(scope: Scope, text: string, quote: number, caret: number): Suggestions {
  const [, path] = /([A-Za-z_]\w*(?:\.\w+)*)\s*(?:[=!]=|in\s*\[(?:[^\]]*,)?)\s*$/.exec(text.slice(0, quote)) ?? []
  const found = path === undefined ? null : resolvePath(scope, path)
  const choices = found && 'schema' in found ? withoutNull(found.schema)['enum'] : undefined
  if (!Array.isArray(choices)) return NOTHING
  const mark = text[quote] ?? "'"
  const typed = text.slice(quote + 1, caret).toLowerCase()
  const [rest = ''] = new RegExp(`^[^${mark}]*${mark}?`).exec(text.slice(caret)) ?? []
  const items = choices
    .map(String)
    .filter((word) => word.toLowerCase().includes(typed))
    .map((word): Suggestion => {
      const insert = `${mark}${word}${mark}`
      return { insert, before: '', word: insert, type: `of ${path}`, words: [], about: null, leadsOn: false }
    })
  return { from: quote, to: caret + rest.length, items }
}
