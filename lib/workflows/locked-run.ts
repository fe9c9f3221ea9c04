// A run as those see it who hold its lock and move it.
import type { Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import type { Engine, Priority } from '#lib/tasks/states.ts'
import type { PinnedDefinition } from './definition.ts'
import type { StepState } from './graph.ts'
import type { RunStatus } from './states.ts'

export type Powers = { tx: Tx; queue: Queue }

export type LockedStep = StepState & {
  name: string
  /** Null once it has begun. */
  options: Record<string, unknown> | null
  /** The time it waited for has come. */
  due: boolean
  /** Where the run stands that carries it out. */
  child: RunStatus | null
}

export type LockedRun = {
  id: string
  workspace_id: string
  definition: PinnedDefinition
  status: RunStatus
  title: string
  preview: string
  text_sha256: Buffer
  engine: Engine
  priority: Priority
  due_at: string | null
  /** The time from which it may begin has not come. */
  held: boolean
  actor: Actor
  submitted_by: string | null
  api_key_id: string | null
  parent_run_id: string | null
  budget_id: string | null
  steps: LockedStep[]
}
