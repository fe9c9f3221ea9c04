// What the pools and the parts of one pool are drawn from.
import type { Pool, WorkerProcess } from '#lib/tasks/shapes.ts'
import type { Load } from './processes.ts'

export type PoolsProps = {
  pools: readonly Pool[]
  processes: readonly WorkerProcess[]
  /** By worker, then by process. */
  loads: Map<string, Map<number, Load>>
  names: Map<number, string>
  alive: boolean
  slotsReason: string | null
  busy: string | null
  hrefOfWorker: (worker: string) => string
  onSlots: (worker: string, slots: number) => void
}

export type PoolProps = Omit<PoolsProps, 'pools' | 'loads'> & {
  pool: Pool
  /** By process. */
  loads: Map<number, Load>
  /** What the person has typed and not applied yet. */
  draft: number
  onDraft: (slots: number) => void
  onApply: () => void
}
