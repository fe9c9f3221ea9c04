// The JSON Schema sent to a model: the subset that every strict server takes. All properties are required, no others
// are allowed; bounds, which strict servers refuse in various places, are put into words instead.
import { z } from 'zod'
import { withoutPositions } from '#lib/workers/evidence.ts'

type Json = Record<string, unknown>

const cache = new WeakMap<z.ZodType, Json>()

/** @throws Error naming the place of a shape that no strict server takes (record, tuple, intersection, optional). */
export function answerSchema(output: z.ZodType): Json {
  const known = cache.get(output)
  if (known) return known
  const full = withoutPositions(z.toJSONSchema(output, { io: 'output', unrepresentable: 'throw' }) as Json)
  const schema = strict(full, 'output')
  if (schema.type !== 'object') throw new Error('output: the root must be an object.')
  cache.set(output, schema)
  return schema
}

function strict(node: Json, place: string): Json {
  for (const keyword of REFUSED)
    if (keyword in node) throw new Error(`${place}: ${keyword} is not part of the strict subset.`)
  const choices = (node.anyOf ?? node.oneOf) as Json[] | undefined
  const words = [node.description as string | undefined, ...bounds(node)].filter(Boolean).join(' ')
  const kept: Json = {}
  if (node.type !== undefined) kept.type = node.type
  if (words) kept.description = words
  if (node.const !== undefined) kept.enum = [node.const]
  if (node.enum !== undefined) kept.enum = node.enum
  if (node.$ref !== undefined) kept.$ref = node.$ref
  if (choices) kept.anyOf = choices.map((choice, index) => strict(choice, `${place}.anyOf[${index}]`))
  if (node.items !== undefined) kept.items = strict(node.items as Json, `${place}[]`)
  if (node.$defs !== undefined)
    kept.$defs = mapValues(node.$defs as Json, (child, name) => strict(child, `$defs.${name}`))
  if (node.type === 'object') Object.assign(kept, objectParts(node, place))
  return kept
}

function objectParts(node: Json, place: string): Json {
  if (node.properties === undefined)
    throw new Error(`${place}: an object with free keys is not part of the strict subset.`)
  const properties = mapValues(node.properties as Json, (child, key) => strict(child, `${place}.${key}`))
  const optional = Object.keys(properties).filter(
    (key) => !((node.required as string[] | undefined) ?? []).includes(key),
  )
  if (optional.length > 0) throw new Error(`${place}: ${optional.join(', ')} must be required; use nullable() instead.`)
  return { properties, required: Object.keys(properties), additionalProperties: false }
}

function bounds(node: Json): string[] {
  const words: string[] = []
  const say = (keyword: string, sentence: (value: string) => string): void => {
    const value = node[keyword]
    // Zod gives every integer the range of safe integers: nothing to tell a model.
    if (typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER) words.push(sentence(String(value)))
  }
  say('minItems', (value) => `At least ${value} items.`)
  say('maxItems', (value) => `At most ${value} items.`)
  say('minLength', (value) => `At least ${value} characters.`)
  say('maxLength', (value) => `At most ${value} characters.`)
  say('minimum', (value) => `At least ${value}.`)
  say('exclusiveMinimum', (value) => `More than ${value}.`)
  say('maximum', (value) => `At most ${value}.`)
  say('exclusiveMaximum', (value) => `Less than ${value}.`)
  if (typeof node.format === 'string') words.push(`Format: ${node.format}.`)
  if (typeof node.pattern === 'string' && node.format === undefined) words.push(`Matches ${node.pattern}.`)
  return words
}

const REFUSED = ['allOf', 'not', 'if', 'patternProperties', 'propertyNames', 'prefixItems', 'dependentRequired']

function mapValues(object: Json, change: (child: Json, key: string) => Json): Json {
  return Object.fromEntries(Object.entries(object).map(([key, child]) => [key, change(child as Json, key)]))
}

/** Drops every key that the schema does not name; of several forms of an object, the first with the most keys counts. */
export function withoutUnknownKeys(value: unknown, schema: object): unknown {
  const node = schema as Json
  if (Array.isArray(value))
    return node.items ? value.map((item) => withoutUnknownKeys(item, node.items as Json)) : value
  if (value === null || typeof value !== 'object') return value
  const shapes = [node, ...((node.anyOf ?? []) as Json[])].flatMap(({ properties }) =>
    properties ? [properties as Json] : [],
  )
  const known = (shape: Json): string[] => Object.keys(value).filter((key) => Object.hasOwn(shape, key))
  const shape = shapes.toSorted((a, b) => known(b).length - known(a).length)[0]
  if (!shape) return value
  const entries = Object.entries(value).filter(([key]) => Object.hasOwn(shape, key))
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutUnknownKeys(child, shape[key] as Json)]))
}
