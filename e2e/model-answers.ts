// What the fake model answers when nothing is scripted: any JSON Schema filled in from the document of the prompt, so
// that every worker gets a valid result with real quotes. Texts begin with "Fake model:", as nobody may take them for real.

type Schema = {
  type?: string | string[]
  description?: string
  enum?: unknown[]
  anyOf?: Schema[]
  $ref?: string
  $defs?: Record<string, Schema>
  items?: Schema
  properties?: Record<string, Schema>
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  maxLength?: number
}
type Segment = { id: number; text: string }
type Place = { root: Schema; sentences: string[]; segments: Segment[]; key: string; index: number }

export function fakeAnswer(schema: Schema, prompt: string): unknown {
  const document = documentOf(prompt)
  const place = { root: schema, sentences: sentencesOf(document), segments: segmentsOf(document), key: '', index: 0 }
  return fill(schema, place)
}

/** The part of the prompt between its marks, else all of it. */
export function documentOf(prompt: string): string {
  return /<([a-z]+(?:-\d+)?)>\n([\s\S]*)\n<\/\1>/.exec(prompt)?.[2] ?? prompt
}

function fill(schema: Schema, place: Place): unknown {
  if (schema.$ref) return fill(place.root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {}, place)
  if (schema.enum) return schema.enum[place.index % schema.enum.length]
  if (schema.anyOf) return fill(schema.anyOf.find((choice) => choice.type !== 'null') ?? { type: 'null' }, place)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return fillObject(schema, place)
  if (type === 'array') return fillArray(schema, place)
  if (type === 'string') return fillString(schema, place)
  if (type === 'integer' || type === 'number') return fillNumber(schema, type, place)
  return type === 'boolean' ? true : null
}

function fillObject(schema: Schema, place: Place): unknown {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, child]) => [key, fill(child, { ...place, key })]),
  )
}

function fillArray(schema: Schema, place: Place): unknown[] {
  if (place.segments.length > 0 && schema.items?.properties?.translation)
    return place.segments.map(({ id, text }) => ({ id, translation: `[fake] ${text}` }))
  const wanted = place.key === 'evidence' ? 1 : Math.min(3, place.sentences.length)
  const least = schema.minItems ?? bound(schema, 'At least (\\d+) items') ?? 0
  const most = schema.maxItems ?? bound(schema, 'At most (\\d+) items') ?? wanted
  const length = Math.min(Math.max(wanted, least), most)
  return Array.from({ length }, (_, index) =>
    fill(schema.items ?? {}, { ...place, index: place.key === 'evidence' ? place.index : index }),
  )
}

function fillString(schema: Schema, { key, index, sentences }: Place): string {
  const sentence = sentences[index % sentences.length] ?? ''
  const most = schema.maxLength ?? bound(schema, 'At most (\\d+) characters') ?? 1_000
  const words = SHORT[key] ?? (key === 'quote' ? sentence : `Fake model: ${sentence}`)
  return Array.from(words).slice(0, Math.min(most, 400)).join('')
}

const SHORT: Record<string, string> = {
  sourceLanguage: 'en',
  targetLanguage: 'en',
  language: 'en',
  documentType: 'Fake kind of document',
  kind: 'fake',
  name: 'Fake name',
  tag: 'fake tag',
  tones: 'fake tone',
  keyPhrases: 'fake phrase',
}

function fillNumber(schema: Schema, type: string, place: Place): number {
  const least = schema.minimum ?? bound(schema, 'At least (-?[\\d.]+)\\.(?: |$)') ?? 0
  const most = schema.maximum ?? bound(schema, 'At most (-?[\\d.]+)\\.(?: |$)') ?? 1_000_000
  if (type === 'integer') return Math.min(most, least + place.index)
  return Math.round((least + ((Math.min(most, 1) - least) * 0.75) / (place.index + 1)) * 100) / 100
}

/** Strict schemas carry their bounds in words. */
function bound(schema: Schema, pattern: string): number | undefined {
  const found = new RegExp(pattern).exec(schema.description ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}

function sentencesOf(document: string): string[] {
  const all = document.split(/(?<=[.!?])\s+|\n+/).map((sentence) => sentence.trim())
  const good = all.filter((sentence) => sentence.length >= 20 && sentence.length <= 400)
  return good.length > 0 ? good : [document.trim().slice(0, 400)]
}

function segmentsOf(document: string): Segment[] {
  try {
    const value: unknown = JSON.parse(document)
    return Array.isArray(value) && value.every(isSegment) ? value : []
  } catch {
    return []
  }
}

function isSegment(value: unknown): value is Segment {
  return typeof value === 'object' && value !== null && 'id' in value && 'text' in value
}
