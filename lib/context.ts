// What every verb is given: who acts, in which workspace, in which transaction.
import type { Access, Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'

export type Ctx = {
  tx: Tx
  queue: Queue
  workspaceId: string
  actor: Actor
  access: Access
  requestId: string
}
