// How the outputs of earlier steps become what a step is given.
import { readPath } from './paths.ts'

export type Values = ReadonlyMap<string, unknown>

/** The path of an option such as `{ "from": "a.path" }`, null for a value of its own. */
export function sourceOf(option: unknown): string | null {
  if (option === null || typeof option !== 'object' || Object.keys(option).length !== 1) return null
  const { from } = option as { from?: unknown }
  return typeof from === 'string' ? from : null
}

/** Options with what their paths lead to; a path to nothing leaves the option to its default. */
export function fillOptions(options: Record<string, unknown>, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) => {
      const path = sourceOf(option)
      if (path === null) return [[name, option]]
      const value = readPath(values, path)
      return value === undefined || value === null ? [] : [[name, value]]
    }),
  )
}

/** A list becomes paragraphs; empty when there is nothing. */
export function textOf(value: unknown): string {
  return textsOf(value).join('\n\n')
}

export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}
