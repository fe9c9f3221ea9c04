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

export type ConnectedModel = { name: string; endpointHost: string }

export type SampleText = { id: string; title: string; suits: string[]; text: string }
