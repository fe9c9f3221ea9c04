// The workflows that come with Baton.
import { NotFound } from '#lib/errors.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import type { WorkflowDefinition } from './definition.ts'

/** All workers over one text, side by side. A translation can be done without: it may have to wait for a model. */
export const COMPLETE_ANALYSIS: WorkflowDefinition = {
  name: 'complete-analysis',
  title: 'Complete analysis',
  summary:
    'All workers read one text side by side, for one report: summary, tone, categories, risks, questions and more.',
  steps: WORKERS.map(({ name, title, needsModel }) => ({
    name,
    title,
    worker: name,
    needs: [],
    onFailure: needsModel ? 'continue' : 'fail',
  })),
}

export const WORKFLOWS: readonly WorkflowDefinition[] = [COMPLETE_ANALYSIS]

/** @throws NotFound */
export function workflowNamed(name: string): WorkflowDefinition {
  const workflow = WORKFLOWS.find((candidate) => candidate.name === name)
  if (!workflow) throw new NotFound(`The workflow ${JSON.stringify(name.slice(0, 60))}`)
  return workflow
}
