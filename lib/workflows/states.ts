// The one list of states of runs and steps.
export const RUN_STATUSES = ['in_progress', 'completed', 'failed', 'cancelled'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

export const STEP_STATUSES = ['waiting', 'in_progress', 'completed', 'failed', 'cancelled', 'skipped'] as const
/** As stored: `waiting` until its needs have ended, `in_progress` from then on, whatever its task does. */
export type StoredStepStatus = (typeof STEP_STATUSES)[number]

/** As shown: an open step is where its task is. */
export const SHOWN_STEP_STATUSES = [...STEP_STATUSES, 'pending', 'blocked'] as const
export type StepStatus = (typeof SHOWN_STEP_STATUSES)[number]

/** What an item of a step is: a stretch of the run's text in UTF-16 units, or an entry of a list. */
export type StepPart = { label: string; start?: number; end?: number; pages?: PageSpan }
/** Both belong to it. */
export type PageSpan = { first: number; last: number }

/** What can become of a run, or of one of its steps. */
export const RUN_EVENT_TYPES = [
  'started',
  'retry_scheduled',
  'completed',
  'failed',
  'cancelled',
  'skipped',
  'reopened',
] as const
export type RunEventType = (typeof RUN_EVENT_TYPES)[number]
