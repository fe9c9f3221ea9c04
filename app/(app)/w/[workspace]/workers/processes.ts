// How processes are called and what their slots do. Pure.
import type { RunningTask } from '#lib/pools/running.ts'
import type { Pool, WorkerProcess } from '#lib/tasks/shapes.ts'

export const PRESENT: readonly WorkerProcess['state'][] = ['live', 'draining', 'silent']

export function isPresent(process: WorkerProcess): boolean {
  return PRESENT.includes(process.state)
}

/** The host's name, with the process id where a host runs several. */
export function namesOf(processes: readonly WorkerProcess[]): Map<number, string> {
  const hosts = Map.groupBy(processes.filter(isPresent), (process) => process.host)
  return new Map(
    processes.map((process) => [
      process.id,
      (hosts.get(process.host)?.length ?? 0) > 1 || !isPresent(process)
        ? `${process.host}/${process.pid}`
        : process.host,
    ]),
  )
}

export type Load = {
  slots: number
  /** This workspace's tasks in it. */
  tasks: RunningTask[]
  /** Tasks of other workspaces: how many, and nothing else. */
  elsewhere: number
}

/**
 * What each process does for one worker type. The queue and our own tasks are exact, a process's report is as old as
 * its heartbeat: it only says where the tasks of other workspaces run.
 */
export function loadsOf(
  pool: Pool,
  processes: readonly WorkerProcess[],
  running: readonly RunningTask[],
): Map<number, Load> {
  const tasks = Map.groupBy(
    running.filter((task) => task.worker === pool.worker),
    (task) => task.processId,
  )
  const loads = processes.map((process): Load & { id: number; reported: number } => {
    const reported = process.load[pool.worker] ?? { slots: 0, busy: 0 }
    return {
      id: process.id,
      slots: process.state === 'live' ? pool.slotsPerProcess : reported.slots,
      tasks: tasks.get(process.id) ?? [],
      elsewhere: 0,
      reported: reported.busy,
    }
  })
  let rest = Math.max(0, pool.busy - loads.reduce((sum, load) => sum + load.tasks.length, 0))
  for (const room of [(load: (typeof loads)[number]) => load.reported, (load: Load) => load.slots])
    for (const load of loads) {
      const more = Math.min(rest, Math.max(0, room(load) - load.tasks.length - load.elsewhere))
      load.elsewhere += more
      rest -= more
    }
  return new Map(loads.map(({ id, slots, tasks: mine, elsewhere }) => [id, { slots, tasks: mine, elsewhere }]))
}

export function busyOf(load: Load | undefined): { busy: number; total: number } {
  return load ? { busy: load.tasks.length + load.elsewhere, total: load.slots } : { busy: 0, total: 0 }
}

/** Busy slots of one worker type over all processes. */
export function busyAcross(loads: Map<number, Load>): number {
  return [...loads.values()].reduce((sum, load) => sum + busyOf(load).busy, 0)
}

export type Slot = {
  kind: 'task' | 'elsewhere' | 'free'
  worker: string
  task: RunningTask | null
  /** Its type has fewer slots now: it closes when its task ends. */
  closing: boolean
}

/** One entry a slot of one worker type in one process. */
export function slotsOf(worker: string, load: Load | undefined): Slot[] {
  const { busy, total } = busyOf(load)
  return Array.from({ length: Math.max(total, busy) }, (_, index): Slot => {
    const task = load?.tasks[index] ?? null
    return {
      kind: task ? 'task' : index < busy ? 'elsewhere' : 'free',
      worker,
      task,
      closing: index >= total,
    }
  })
}
