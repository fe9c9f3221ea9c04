// What is said of an item in one line: the first line of its result, or what stands in its way and what to do. Pure.
import type { BatchDetail, BatchItem } from '#lib/batches/shapes.ts'
import { BLOCK_REASON_TITLES } from '#lib/tasks/states.ts'
import { digestOf } from '#lib/workers/result-digest.ts'

export type ItemLine = { text: string; more: string | null; kind: 'result' | 'failed' | 'blocked' | 'plain' }

export function lineOf(
  { target, status, of }: Pick<BatchDetail, 'target' | 'status' | 'of'>,
  item: BatchItem,
): ItemLine {
  const plain = (text: string): ItemLine => ({ text, more: null, kind: 'plain' })
  if (item.error && item.state === 'failed')
    return { text: item.error.message, more: item.error.advice ?? null, kind: 'failed' }
  switch (item.state) {
    case 'failed':
      return { text: 'It failed; its page says why', more: null, kind: 'failed' }
    case 'blocked':
      return {
        text: item.reason === null ? 'It waits' : BLOCK_REASON_TITLES[item.reason],
        more: item.reason === 'needs_model' ? 'It goes on when a model is connected' : null,
        kind: 'blocked',
      }
    case 'not_yet':
      if (status === 'paused') return plain('Starts when the batch is resumed')
      return plain(of === 'row' ? 'Starts after the rows before it' : 'Starts when its text is read')
    case 'pending':
      return plain('Waits for a free slot')
    case 'in_progress':
      if (item.needsPerson) return { text: 'A decision is asked for', more: 'Open it to decide', kind: 'blocked' }
      return plain(target.kind === 'workflow' ? 'Its steps are under way' : 'A worker is on it')
    case 'cancelled':
      return plain('Cancelled')
    case 'completed': {
      if (target.kind === 'workflow') return plain('Its report is ready')
      const { headline, prose, lines } = digestOf(target.name, item.result)
      return { text: headline ?? prose ?? lines[0]?.text ?? 'Completed', more: null, kind: 'result' }
    }
  }
}

/** Its task or its run, else its document; null where it has none of them. */
export function itemPath({ taskId, runId, documentId }: BatchItem): string | null {
  if (taskId !== null) return `/tasks/${taskId}`
  if (runId !== null) return `/workflows/runs/${runId}`
  return documentId === null ? null : `/documents/${documentId}`
}
