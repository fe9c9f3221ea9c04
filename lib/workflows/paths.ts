// Paths into outputs, such as `summary.keyPoints.text`: what they lead to by schema, and what they find in values. A field
// of a list is the list of that field.
import type { JsonSchema } from '#lib/workers/evidence.ts'

/** Schemas by the first word of a path: `input` and the steps. */
export type Scope = ReadonlyMap<string, JsonSchema>

export type Resolved = { schema: JsonSchema } | { problem: string }

export function splitPath(path: string): { root: string; fields: string[] } {
  const [root = '', ...fields] = path.split('.')
  return { root, fields }
}

export function resolvePath(scope: Scope, path: string): Resolved {
  const { root, fields } = splitPath(path)
  let schema = scope.get(root)
  if (!schema) return { problem: `"${root}" is neither "input" nor a step before this one.` }
  let within = root
  for (const field of fields) {
    const inner = throughLists(withoutNull(schema))
    const child = propertiesOf(inner)?.[field]
    if (!child) return { problem: noField(within, field, inner) }
    schema = isList(withoutNull(schema)) ? { type: 'array', items: child } : child
    within += `.${field}`
  }
  return { schema }
}

function noField(within: string, field: string, schema: JsonSchema): string {
  const known = Object.keys(propertiesOf(schema) ?? {})
  if (known.length === 0) return `"${within}" has no fields.`
  return `"${within}" has no field "${field}". It has: ${known.join(', ')}.`
}

/** Undefined when a field is missing on the way. */
export function readPath(values: ReadonlyMap<string, unknown>, path: string): unknown {
  const { root, fields } = splitPath(path)
  return fields.reduce<unknown>(readField, values.get(root))
}

function readField(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => listed(readField(item, field)))
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, field)) return undefined
  return (value as Record<string, unknown>)[field]
}

function listed(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** What can be read as a text: a string, a number, or a list of those. */
export function isTextual(schema: JsonSchema): boolean {
  const plain = throughLists(withoutNull(schema))
  return plain['type'] === 'string' || plain['type'] === 'number' || plain['type'] === 'integer'
}

export function isList(schema: JsonSchema): boolean {
  return withoutNull(schema)['type'] === 'array'
}

/** In words: text, number, yes or no, list of texts, group. */
export function typeOf(schema: JsonSchema): string {
  const plain = withoutNull(schema)
  if (isList(plain)) {
    const inner = typeOf(throughLists(plain))
    return inner === 'group' ? 'list' : `list of ${inner}s`
  }
  const names: Record<string, string> = { string: 'text', number: 'number', integer: 'number', boolean: 'yes or no' }
  return names[String(plain['type'])] ?? 'group'
}

export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> | undefined {
  return schema['properties'] as Record<string, JsonSchema> | undefined
}

export function throughLists(schema: JsonSchema): JsonSchema {
  let inner = schema
  while (inner['type'] === 'array') inner = withoutNull((inner['items'] as JsonSchema | undefined) ?? {})
  return inner
}

/** Optional values are `anyOf` with null. */
export function withoutNull(schema: JsonSchema): JsonSchema {
  const choices = schema['anyOf'] as JsonSchema[] | undefined
  return choices?.find((choice) => choice['type'] !== 'null') ?? schema
}

export function mayBeNull(schema: JsonSchema): boolean {
  const choices = schema['anyOf'] as JsonSchema[] | undefined
  return choices?.some((choice) => choice['type'] === 'null') ?? false
}
