// The fields of a result in one line each, read from its JSON Schema. Pure.
import type { JsonSchema } from './option-controls.ts'

const MOST_NAMES = 2

export type ResultField = { name: string; type: string; description: string | null }

export function resultFields(schema: JsonSchema): ResultField[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeWords(property),
    description: typeof property['description'] === 'string' ? property['description'] : null,
  }))
}

/** `string or null`, `low | medium | high`, `evidence[], up to 8`, `{ text, evidence }[], 1 to 12`. */
export function typeWords(schema: JsonSchema): string {
  const anyOf = schema['anyOf']
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeWords(one as JsonSchema)).join(' or ')
  const values = schema['enum']
  if (Array.isArray(values)) return values.length <= 4 ? values.join(' | ') : `one of ${values.length} words`
  if (schema['type'] === 'array') {
    const items = (schema['items'] ?? {}) as JsonSchema
    return `${typeWords(items)}[]${countWords(schema['minItems'], schema['maxItems'])}`
  }
  if (schema['type'] !== 'object') return typeof schema['type'] === 'string' ? schema['type'] : 'any'
  if (schema['title'] === 'Evidence') return 'evidence'
  const names = Object.keys(schema['properties'] ?? {})
  return `{ ${[...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ')} }`
}

function countWords(min: unknown, max: unknown): string {
  if (typeof min === 'number' && min > 0 && typeof max === 'number') return `, ${min} to ${max}`
  if (typeof min === 'number' && min > 0) return `, ${min} or more`
  return typeof max === 'number' ? `, up to ${max}` : ''
}
