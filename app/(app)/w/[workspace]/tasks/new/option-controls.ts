// How each option of a worker is asked for, read from its JSON Schema. Pure.

export type JsonSchema = { [key: string]: unknown }

export type OptionControl = { name: string; title: string; description: string | null; initial: unknown } & (
  | { kind: 'choice'; choices: { value: string; label: string }[] }
  | { kind: 'number'; min?: number; max?: number; whole: boolean }
  | { kind: 'switch' }
  | { kind: 'text'; maxLength?: number; long: boolean }
  /** Entries are texts, or objects that a text stands for by their first property. */
  | { kind: 'list'; minItems: number; maxItems?: number; pattern?: string }
  | { kind: 'json' }
)

/** Controls in the order of the schema; what no control fits is edited as JSON. */
export function optionControls(schema: JsonSchema): OptionControl[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  return Object.entries(properties).map(([name, property]) => controlOf(name, property))
}

/** What the options are when nobody changes them. */
export function initialOptions(controls: readonly OptionControl[]): Record<string, unknown> {
  return Object.fromEntries(controls.map((control) => [control.name, control.initial]))
}

/** Only what differs from the initial values. */
export function changedOptions(
  controls: readonly OptionControl[],
  options: Record<string, unknown>,
): Record<string, unknown> {
  const initial = new Map(controls.map((control) => [control.name, JSON.stringify(control.initial)]))
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => initial.get(name) !== JSON.stringify(value)),
  )
}

/** The words of a list's entry: a text itself, `source = target`, or an object's name. */
export function entryLabel(entry: unknown): string {
  if (typeof entry === 'string') return entry
  if (typeof entry !== 'object' || entry === null) return String(entry)
  const pair = entry as { source?: unknown; target?: unknown }
  if (typeof pair.source === 'string' && typeof pair.target === 'string') return `${pair.source} = ${pair.target}`
  const first = Object.values(entry)[0]
  return typeof first === 'string' ? first : JSON.stringify(entry)
}

/** The list after its labels were edited: entries that are still named keep what else they say. */
export function relabelled(entries: readonly unknown[], labels: readonly string[]): unknown[] {
  return labels.map((label) => entries.find((entry) => entryLabel(entry) === label) ?? label)
}

/** Why a value does not fit its control, or null. */
export function optionProblem(control: OptionControl, value: unknown): string | null {
  if (control.kind === 'number') {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = control
    if (typeof value !== 'number' || value < min || value > max) return `Enter a number ${rangeWords(control)}.`
    return null
  }
  if (control.kind === 'list') {
    const count = Array.isArray(value) ? value.length : 0
    if (count < control.minItems) return `Add at least ${control.minItems}.`
    if (control.maxItems !== undefined && count > control.maxItems) return `At most ${control.maxItems} are allowed.`
    const pattern = control.pattern === undefined ? null : new RegExp(control.pattern, 'u')
    const odd = (value as unknown[]).find((entry) => typeof entry === 'string' && pattern && !pattern.test(entry))
    return odd === undefined ? null : `"${entryLabel(odd)}" does not fit. ${control.description ?? ''}`.trim()
  }
  if (control.kind === 'text' && control.maxLength !== undefined && String(value).length > control.maxLength)
    return `At most ${control.maxLength.toLocaleString('en')} characters are allowed.`
  return null
}

function rangeWords({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`
  if (min !== undefined) return `of at least ${min}`
  return max === undefined ? '' : `of at most ${max}`
}

function controlOf(name: string, property: JsonSchema): OptionControl {
  const shared = {
    name,
    title: typeof property['title'] === 'string' ? property['title'] : name,
    description: typeof property['description'] === 'string' ? property['description'] : null,
    initial: property['default'],
  }
  const number = (key: string) => (typeof property[key] === 'number' ? property[key] : undefined)
  if (Array.isArray(property['enum'])) {
    const labels = (property['x-labels'] ?? {}) as Record<string, string>
    const choices = property['enum'].map(String).map((value) => ({ value, label: labels[value] ?? value }))
    return { ...shared, kind: 'choice', choices }
  }
  const type = property['type']
  if (type === 'integer' || type === 'number')
    return { ...shared, kind: 'number', min: number('minimum'), max: number('maximum'), whole: type === 'integer' }
  if (type === 'boolean') return { ...shared, kind: 'switch' }
  if (type === 'string') {
    const maxLength = number('maxLength')
    return { ...shared, kind: 'text', maxLength, long: (maxLength ?? 0) > 400 }
  }
  const texts = type === 'array' ? textItems(property['items']) : null
  if (!texts) return { ...shared, kind: 'json' }
  const pattern = typeof texts['pattern'] === 'string' ? texts['pattern'] : undefined
  return { ...shared, kind: 'list', minItems: number('minItems') ?? 0, maxItems: number('maxItems'), pattern }
}

/** The schema of a list's text entries, if it takes texts. */
function textItems(items: unknown): JsonSchema | null {
  if (typeof items !== 'object' || items === null) return null
  const { anyOf, type } = items as { anyOf?: JsonSchema[]; type?: string }
  if (type === 'string') return items as JsonSchema
  return anyOf?.find((alternative) => alternative['type'] === 'string') ?? null
}
