import type { Tx } from '#lib/db/client.ts'

export type Queue = { close: () => Promise<void> }

export async function openQueue(_options: { url: string; role: 'baton_app' | 'baton_worker' }): Promise<Queue> {
  throw new Error('The queue is not built yet.')
}

/** Creates or migrates pg-boss's schema and one queue per worker type. */
export async function installQueue(_url: string): Promise<void> {
  throw new Error('The queue is not built yet.')
}
export type { Tx }
