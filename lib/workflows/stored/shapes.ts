// Workflows as pages and the API see them, JSON-safe. Types only.
import type { FieldIssue } from '#lib/errors.ts'
import type { StepKind, WorkflowDefinition } from '../definition.ts'

export type WorkflowSummary = {
  name: string
  title: string
  summary: string
  /** Null for one that comes with Baton. */
  id: string | null
  /** The published one; null for one that comes with Baton, and before the first. */
  version: number | null
  /** The draft differs from what was published last. */
  changed: boolean
  /** What there is to draw. */
  steps: { name: string; title: string; kind: StepKind; worker?: string; needs: string[] }[]
}

export type WorkflowDetail = Omit<WorkflowSummary, 'steps' | 'id'> & {
  id: string
  /** As it was typed last, which may be wrong or half done. */
  draft: unknown
  revision: number
  savedBy: string
  savedAt: string
  /** The template that it came from. */
  template: string | null
  /** As published last. */
  definition: WorkflowDefinition | null
  /** What keeps the draft from being published; paths such as `steps.0.needs.0`. */
  issues: FieldIssue[]
}

export type WorkflowVersion = {
  version: number
  definition: WorkflowDefinition
  note: string
  publishedBy: string
  publishedAt: string
}
