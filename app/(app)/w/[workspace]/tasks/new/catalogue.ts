import type { AnswerSizes } from '#lib/batches/answer-sizes.ts'
import type { Price } from '#lib/prices/shapes.ts'
import type { JsonSchema, OptionControl } from './option-controls.ts'

/** A worker as the form knows it: JSON only, so that it crosses to the browser. */
export type CatalogueWorker = {
  name: string
  title: string
  summary: string
  controls: OptionControl[]
  output: JsonSchema
  exampleOutput: unknown
  /** About how many tokens of instructions a model gets beside the text. */
  instructionTokens: number
  /** Without a connected model its task waits. */
  needsModel: boolean
}

export type ConnectedModel = {
  name: string
  endpointHost: string
  /** Null while it has none. */
  price: Pick<Price, 'inputMicros' | 'outputMicros'> | null
  /** How long its answers were lately, by worker. */
  answers: Record<string, AnswerSizes>
}

export type SampleText = { id: string; title: string; suits: string[]; text: string }
