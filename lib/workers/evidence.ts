// A claim about the text carries quotes; a quote counts only once it was found in the text, with its place.
import { z } from 'zod'
import { isObject, isQuote } from './quotes.ts'

export const evidence = z
  .object({
    quote: z.string().max(1000).describe('Copied from the text, character for character.'),
    start: z.number().int().min(0).nullable().describe('First UTF-16 unit of the quote in the text; null = not found.'),
    end: z.number().int().min(0).nullable().describe('UTF-16 unit after the quote; null = not found.'),
  })
  .meta({ title: 'Evidence' })
export type Evidence = z.output<typeof evidence>

export const evidenceList = z.array(evidence).max(8).meta({ title: 'Evidence' })

/** A statement about the text with the quotes that support it. */
export const claim = z.object({
  text: z.string().trim().min(1).max(1500).describe('The statement, one or two plain sentences.'),
  evidence: evidenceList,
})
export type Claim = z.output<typeof claim>

export type JsonSchema = { [key: string]: unknown }

/** The schema as a model is asked to fill it in: quotes without positions, which we look up ourselves. */
export function withoutPositions<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((item) => withoutPositions<unknown>(item)) as T
  if (!isObject(schema)) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, child]) => [key, withoutPositions(child)]))
  const properties = copy['properties']
  if (isObject(properties) && isEvidenceShape(properties)) {
    copy['properties'] = { quote: properties['quote'] }
    copy['required'] = ['quote']
  }
  return copy as T
}

/**
 * Gives every quote of a result its place in the text: word for word where possible, else ignoring case, white space,
 * and the style of quotation marks and dashes; a quote found takes the wording of the text.
 * Works on a raw answer as well, whose quotes have no positions yet.
 */
export function locateEvidence<T>(value: T, text: string): { value: T; found: number; missing: number } {
  let found = 0
  let missing = 0
  let folded: Folded | undefined
  const locate = (quote: string): Evidence => {
    const place = exactPlace(quote, text) ?? foldedPlace(quote, (folded ??= fold(text)))
    if (place) found += 1
    else missing += 1
    return place ? { quote: text.slice(...place), start: place[0], end: place[1] } : { quote, start: null, end: null }
  }
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (!isObject(node)) return node
    if (isQuote(node)) return locate(node.quote)
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]))
  }
  return { value: walk(value) as T, found, missing }
}

type Place = [start: number, end: number]
/** Folded characters, and for each of them where its source begins and ends. */
type Folded = { text: string; starts: number[]; ends: number[] }

function exactPlace(quote: string, text: string): Place | null {
  if (quote.trim() === '') return null
  const start = text.indexOf(quote)
  return start < 0 ? null : [start, start + quote.length]
}

function foldedPlace(quote: string, source: Folded): Place | null {
  const wanted = fold(quote).text.trim()
  // Models like to wrap a quote in quotation marks or to end it with dots.
  for (const frame of [/^$/, /^[\s']+|[\s']+$/g, /^[\s'.]+|[\s'.]+$/g]) {
    const candidate = wanted.replace(frame, '')
    if (candidate === '') continue
    const at = source.text.indexOf(candidate)
    if (at < 0) continue
    const start = source.starts[at]
    const end = source.ends[at + candidate.length - 1]
    if (start !== undefined && end !== undefined) return [start, end]
  }
  return null
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u
const QUOTE_MARK = /["'`\u00AB\u00BB\u2018-\u201F\u2039\u203A\u300C-\u300F]/u
const DASH = /[-\u2010-\u2015\u2212]/u
const SPACE = /\s/u

function fold(text: string): Folded {
  const characters: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  let afterSpace = false
  for (const character of text) {
    const start = at
    at += character.length
    if (INVISIBLE.test(character)) continue
    const space = SPACE.test(character)
    if (space && afterSpace) {
      ends[ends.length - 1] = at
      continue
    }
    afterSpace = space
    for (const unit of foldCharacter(character, space).split('')) {
      characters.push(unit)
      starts.push(start)
      ends.push(at)
    }
  }
  return { text: characters.join(''), starts, ends }
}

function foldCharacter(character: string, space: boolean): string {
  if (space) return ' '
  if (QUOTE_MARK.test(character)) return "'"
  if (DASH.test(character)) return '-'
  if (character === '\u2026') return '...'
  return character.normalize('NFKC').toLowerCase()
}

function isEvidenceShape(properties: object): boolean {
  return Object.keys(properties).toSorted().join() === 'end,quote,start'
}
