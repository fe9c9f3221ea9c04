import 'server-only'
import { optionsSchema, outputSchema, WORKERS } from '#lib/workers/registry.ts'
import { planner } from '#lib/workers/planner.ts'
import { tokensAbout } from '#lib/workers/tokens.ts'
import type { WorkerDefinition } from '#lib/workers/define.ts'
import type { CatalogueWorker } from './catalogue.ts'
import { optionControls } from './option-controls.ts'

let known: CatalogueWorker[] | undefined

/** The catalogue as the form needs it; the same for everybody. */
export function catalogue(): CatalogueWorker[] {
  return (known ??= WORKERS.map(entryOf))
}

/** The worker that plans, which has a form of its own. */
export function plannerEntry(): CatalogueWorker {
  return entryOf(planner)
}

function entryOf(worker: WorkerDefinition): CatalogueWorker {
  return {
    name: worker.name,
    title: worker.title,
    summary: worker.summary,
    controls: optionControls(optionsSchema(worker)),
    output: outputSchema(worker),
    exampleOutput: worker.example.output,
    instructionTokens: instructionTokens(worker),
    needsModel: worker.needsModel ?? false,
  }
}

function instructionTokens(worker: WorkerDefinition): number {
  const { system, prompt } = worker.prompt(worker.input.parse({ text: 'x' }))
  return tokensAbout(system + prompt)
}
