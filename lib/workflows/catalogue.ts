// The workflows that come with Baton.
import { WORKERS } from '#lib/workers/registry.ts'
import { type WorkflowDefinition, workflowDefinition } from './definition.ts'
import appealPreparation from './templates/appeal-preparation.json' with { type: 'json' }
import contractCheck from './templates/contract-check.json' with { type: 'json' }
import evidenceCoordination from './templates/evidence-coordination.json' with { type: 'json' }
import feedbackDigest from './templates/feedback-digest.json' with { type: 'json' }
import financialRiskMemo from './templates/financial-risk-memo.json' with { type: 'json' }
import fraudTriage from './templates/fraud-triage.json' with { type: 'json' }
import longDocument from './templates/long-document.json' with { type: 'json' }
import medicalRecordReview from './templates/medical-record-review.json' with { type: 'json' }
import meetingMinutes from './templates/meeting-minutes.json' with { type: 'json' }
import researchDigest from './templates/research-digest.json' with { type: 'json' }
import ticketRouting from './templates/ticket-routing.json' with { type: 'json' }

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

/** The business areas of the templates, in the order they are shown. */
export const AREAS = ['Claims', 'Enterprise documents', 'Customer service', 'Healthcare', 'Finance'] as const

export type Template = {
  area: (typeof AREAS)[number]
  definition: WorkflowDefinition
  /** A fictional document that shows what it does. */
  sample: { title: string; text: string }
}

export const TEMPLATES: readonly Template[] = [
  appealPreparation,
  evidenceCoordination,
  contractCheck,
  longDocument,
  meetingMinutes,
  ticketRouting,
  feedbackDigest,
  medicalRecordReview,
  researchDigest,
  financialRiskMemo,
  fraudTriage,
].map(({ area, definition, sample }) => ({
  area: area as Template['area'],
  definition: workflowDefinition.parse(definition),
  sample,
}))

export const WORKFLOWS: readonly WorkflowDefinition[] = [
  COMPLETE_ANALYSIS,
  ...TEMPLATES.map(({ definition }) => definition),
]
