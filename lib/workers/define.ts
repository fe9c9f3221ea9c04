// What a typed worker is: names, schemas and one `run` that receives its powers as arguments, so that the same file
// serves the form, the API, the queue, the worker process and the result view.
import { z } from 'zod'
import type { FieldIssue } from '#lib/errors.ts'
import type { Prompt } from './prompt.ts'
import { isWellFormed, withoutByteOrderMark } from '#lib/text.ts'

export const MAX_TEXT_LENGTH = 200_000

/** A document's text: 1 to 200,000 UTF-16 units, no NUL, no lone surrogate; a leading byte order mark is dropped. */
export const documentText = z
  .string()
  .overwrite(withoutByteOrderMark)
  .refine((text) => text.trim().length > 0, 'Enter some text.')
  .max(MAX_TEXT_LENGTH, `The text is longer than ${MAX_TEXT_LENGTH.toLocaleString('en')} characters.`)
  .refine(isWellFormed, 'The text has a NUL character or half of a surrogate pair. Remove it and send the text again.')

export type Confidence = 'low' | 'medium' | 'high'

/** How a result came about; stored beside it and shown with it. */
export type ResultInfo = {
  engine: { kind: 'rules' | 'model'; name: string; version: string; model?: string; endpointHost?: string }
  /** One sentence on the method, shown as the engine's label. */
  method: string
  /** BCP 47 tag of the document, null when it could not be told. */
  language: string | null
  limits: string[]
  confidence: Confidence | null
  confidenceBasis: string | null
  /** How many quotes of the result were found in the text and how many were not. */
  evidence: { found: number; missing: number }
  /** Bad characters in model output that became U+FFFD. */
  replacedCharacters: number
}

export type Outcome<Result = unknown> =
  | { result: Result; info: ResultInfo }
  | { blocked: 'needs_model'; partial: Record<string, unknown>; info: ResultInfo }

export type GenerateRequest<Output extends z.ZodType> = {
  system: string
  prompt: string
  output: Output
  /** The text in which the output's quotes are looked up. */
  text: string
  /** What is wrong in an answer of the right form, in words for the model, which is asked once more; null = nothing. */
  problems?: (value: z.output<Output>) => Promise<string | null>
}

/** The model as a worker sees it: one typed question, one validated answer, calls recorded on the way. */
export type Model = {
  generate: <Output extends z.ZodType>(request: GenerateRequest<Output>) => Promise<z.output<Output>>
}

export type WorkerDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  /** kebab-case, also the queue's name and the API's `worker`. */
  name: string
  title: string
  /** One short line for the picker. */
  summary: string
  /** Default slots per worker process. */
  slots: number
  timeoutMs: number
  /** The built-in engine can only prepare its task, which then waits for a model. */
  needsModel?: true
  /** Where a model's answers have the wrong form, also after one correction, the built-in engine answers and says so. */
  rulesStandIn?: true
  /** An object with `text: documentText`; every other property has a default. */
  input: Input
  output: Output
  example: { input: z.input<Input>; output: z.output<Output> }
  /** What a model is told for this input; pure, so that its size can be told before anything runs. */
  prompt: (input: z.output<Input>) => Prompt
  run: (input: z.output<Input>, powers: WorkerPowers) => Promise<z.output<Output>>
}

export type WorkerPowers = {
  model: Model
  signal: AbortSignal
  /** What is wrong in the definition of a workflow. Workflows stand above workers, so these are given it. */
  checkWorkflow: (definition: unknown) => Promise<FieldIssue[]>
}

/** Checks that the parts of a definition fit together. */
export function defineWorker<Input extends z.ZodType, Output extends z.ZodType>(
  definition: WorkerDefinition<Input, Output>,
): WorkerDefinition<Input, Output> {
  return definition
}
