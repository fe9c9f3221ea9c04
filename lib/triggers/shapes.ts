// What starts a workflow by itself: what people say of it, and what pages and the API see. JSON-safe.
import { z } from 'zod'
import { documentPart } from '#lib/documents/part.ts'
import { documentText } from '#lib/workers/define.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { cronProblem } from './cron.ts'

export const TRIGGER_KINDS = ['schedule', 'webhook', 'document', 'task'] as const
export type TriggerKind = (typeof TRIGGER_KINDS)[number]
export const TASK_EVENTS = ['completed', 'failed'] as const

const jsonPath = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^[A-Za-z_][A-Za-z0-9_-]*(\.([A-Za-z_][A-Za-z0-9_-]*|\d{1,4}))*$/,
    'Write the names on the way, such as data.text.',
  )

export const triggerConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('schedule'),
    cron: z.string().trim().min(1),
    timeZone: z.string().trim().min(1).max(60),
    /** What each run reads. */
    text: z.union([documentText, documentPart]),
  }),
  /** Null: the body as it comes is the text. */
  z.strictObject({ kind: z.literal('webhook'), textPath: jsonPath.nullable().default(null) }),
  /** Only documents whose name has this in it; null for all. */
  z.strictObject({ kind: z.literal('document'), named: z.string().trim().min(1).max(100).nullable().default(null) }),
  z.strictObject({
    kind: z.literal('task'),
    worker: z.string().refine((name) => WORKER_NAMES.includes(name), 'There is no worker of this name.'),
    event: z.enum(TASK_EVENTS).default('completed'),
  }),
])
export type TriggerConfig = z.output<typeof triggerConfig>

export const newTrigger = z
  .strictObject({ title: z.string().trim().min(1, 'Give it a name.').max(80), config: triggerConfig })
  .superRefine(({ config }, checked) => {
    if (config.kind !== 'schedule') return
    const message = cronProblem(config.cron, config.timeZone)
    if (message !== null)
      checked.addIssue({ code: 'custom', path: ['config', /time zone/.test(message) ? 'timeZone' : 'cron'], message })
  })
export type NewTrigger = z.input<typeof newTrigger>

export type Firing = {
  id: string
  /** What set it off: a time, the name of a file, the title of a task, the id of a call. */
  cause: string
  at: string
  /** Null when nothing was started; `reason` says why. */
  runId: string | null
  reason: string | null
}

export type Trigger = {
  id: string
  workflow: string
  title: string
  config: TriggerConfig
  /** When it acts, in words. */
  words: string
  pausedAt: string | null
  /** Of a schedule that is not paused, the next five. */
  nextAt: string[]
  madeBy: string
  createdAt: string
  /** Of a webhook: the last part of its address, `/api/hooks/…`. */
  hook: string | null
  /** Newest first, ten at most. */
  firings: Firing[]
}

/** A trigger on the card of its workflow. */
export type TriggerWords = Pick<Trigger, 'workflow' | 'words' | 'pausedAt'> & {
  kind: TriggerKind
  /** Of a schedule that is not paused. */
  nextAt: string | null
}
