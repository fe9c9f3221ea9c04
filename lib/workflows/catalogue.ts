// The workflows that come with Baton.
import { WORKERS } from '#lib/workers/registry.ts'
import { type WorkflowDefinition, workflowDefinition } from './definition.ts'

/** All workers over one text, side by side. A translation can be done without: it may have to wait for a model. */
export const COMPLETE_ANALYSIS: WorkflowDefinition = workflowDefinition.parse({
  name: 'complete-analysis',
  title: 'Complete analysis',
  summary:
    'All workers read one text side by side, for one report: summary, tone, categories, risks, questions and more.',
  steps: WORKERS.map(({ name, title, needsModel }) => ({
    name,
    title,
    kind: 'worker',
    worker: name,
    onFailure: needsModel ? 'continue' : 'fail',
  })),
})

export const WORKFLOWS: readonly WorkflowDefinition[] = [COMPLETE_ANALYSIS]
