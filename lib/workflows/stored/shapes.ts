// Workflows as pages and the API see them, JSON-safe. Types only.
import type { FieldIssue } from '#lib/errors.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import type { StepKind, WorkflowDefinition } from '../definition.ts'
import type { Branch } from '../needs.ts'

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

/** Line of the file, from 1; null where the issue is about the whole. */
export type LineIssue = FieldIssue & { line: number | null }

/** Whose name it is already. */
export type NameTaken =
  | ({ by: 'workflow' } & Pick<WorkflowDetail, 'title' | 'revision' | 'savedBy' | 'savedAt' | 'version' | 'changed'>)
  | { by: 'template'; title: string }
  | { by: 'archived' }

/** What importing a file would come to. */
export type ImportCheck =
  | { readable: false; issues: LineIssue[] }
  | ({
      readable: true
      issues: LineIssue[]
      name: string
      taken: NameTaken | null
      /** A name that is free. */ free: string
    } & Pick<WorkflowSummary, 'title' | 'summary' | 'steps'>)

/** A version or the draft. */
export type WorkflowSide = {
  /** Null for a workflow that comes with Baton. */
  of: number | 'draft' | null
  /** A draft may be anything. */
  definition: unknown
  note: string
  /** Who published or saved it. */
  by: string
  at: string | null
}

/** What came of trying one step. */
export type StepTrial =
  /** The task does the work; `items`: of a list, the first of so many. */
  | { did: 'task'; taskId: string; items: number | null }
  | {
      did: 'computed'
      status: 'completed' | 'failed'
      output: unknown
      branch: Branch | null
      error: TaskError | null
      tookMs: number
    }
  | ShownStep

/** What a run would do there, and a test does not. */
export type ShownStep = {
  did: 'shown'
  kind: 'approval' | 'wait' | 'webhook' | 'workflow'
  shows: { title: string; value: unknown }[]
}

/** What a step is tried with. */
export type StepPins = {
  title: string
  text: string
  /** By names in paths: of each earlier step that it reads, an output. */
  pins: { name: string; title: string; from: 'run' | 'example'; value: unknown }[]
  /** What keeps the step from being tried. */
  issues: FieldIssue[]
  /** The task of the newest test. */
  lastTest: string | null
}
