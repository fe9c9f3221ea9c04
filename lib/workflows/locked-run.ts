// A run as those see it who hold its lock and move it.
import type { Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import type { Engine, Priority } from '#lib/tasks/states.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { RunStatus, StoredStepStatus } from './states.ts'

export type Powers = { tx: Tx; queue: Queue }

export type LockedRun = {
  id: string
  workspace_id: string
  definition: WorkflowDefinition
  status: RunStatus
  title: string
  preview: string
  text_sha256: Buffer
  engine: Engine
  priority: Priority
  actor: Actor
  submitted_by: string | null
  api_key_id: string | null
  steps: { name: string; status: StoredStepStatus; blocked: boolean; options: Record<string, unknown> }[]
}
