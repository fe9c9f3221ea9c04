// Where an open task stands, when it will start and what it waits for.
import type { Ctx } from '#lib/context.ts'
import { capacity } from '#lib/pools/capacity.ts'
import { timesOf } from '#lib/pools/times.ts'
import { queueDepths, ticketsAhead } from '#lib/queue/depths.ts'
import { queueOf } from '#lib/queue.ts'
import type { QueuePlace } from './shapes.ts'
import { BLOCK_REASON_TITLES, type BlockReason, type Status } from './states.ts'

type OpenTask = {
  id: string
  worker: string
  status: Status
  reason: BlockReason | null
  not_before: string | null
  attempts_used: number
  suspicion: number
  now: string
}

export async function queuePlace(ctx: Ctx, task: OpenTask): Promise<QueuePlace> {
  const still = (why: string): QueuePlace => ({ position: null, ahead: null, etaMs: null, noWorker: false, why })
  if (task.status === 'in_progress') return still('A worker is on it.')
  if (task.status === 'blocked') return still(task.reason ? `${BLOCK_REASON_TITLES[task.reason]}.` : 'It is blocked.')
  const { processes, slotsPerProcess } = await capacity(ctx.tx)
  const slots = processes * slotsPerProcess(task.worker)
  const delayMs = task.not_before ? new Date(task.not_before).getTime() - new Date(task.now).getTime() : 0
  if (delayMs > 0) return { ...still(delayed(task)), etaMs: delayMs, noWorker: processes === 0 }
  const queue = queueOf(task)
  const ahead = await ticketsAhead(ctx.tx, queue, task.id)
  const why = waiting(task, { processes, slots, ahead })
  if (ahead === null || slots === 0) return { ...still(why), ahead, noWorker: slots === 0 }
  const free = Math.max(0, slots - (await queueDepths(ctx.tx))(queue).active)
  const { medianMs } = await timesOf(ctx, task.worker)
  return { position: ahead + 1, ahead, etaMs: etaMs(ahead, free, slots, medianMs), noWorker: false, why }
}

/** Until the ones before it have left it a slot; 0 when one is free now, null without a measured duration. */
export function etaMs(ahead: number, free: number, slots: number, medianMs: number | null): number | null {
  if (ahead < free) return 0
  return medianMs === null ? null : Math.round(((ahead - free + 1) / slots) * medianMs)
}

function delayed(task: OpenTask): string {
  return task.attempts_used > 0 ? `Waits before attempt ${task.attempts_used + 1}.` : 'Waits for its earliest start.'
}

function waiting(
  task: OpenTask,
  { processes, slots, ahead }: { processes: number; slots: number; ahead: number | null },
) {
  if (processes === 0) return 'No worker process is running, so nothing starts. Start one with "npm run worker".'
  if (slots === 0) return 'This worker has no slots. An operator can add some on the Workers page.'
  if (queueOf(task) !== task.worker) return 'It was there when a worker process died, so it waits to run alone.'
  if (ahead === null) return 'It is being handed to a worker.'
  if (ahead === 0) return 'It is next and waits for a free slot.'
  return ahead === 1 ? 'One task starts before it.' : `${ahead.toLocaleString('en')} tasks start before it.`
}
