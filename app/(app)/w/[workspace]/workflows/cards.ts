// Which workflows are shown first, and what their last runs are. Pure.
import type { LastRun, RunSummary } from '#lib/workflows/shapes.ts'
import type { WorkflowSummary } from '#lib/workflows/stored/shapes.ts'

export const ORDERS = ['saved', 'attention', 'name'] as const
export type Order = (typeof ORDERS)[number]
/** As the address has it. */
export type CardsView = { find: string; order: Order }

export function cardsOf(params: Record<string, string | string[] | undefined>): CardsView {
  const one = (name: string) => [params[name]].flat().at(-1)?.trim() ?? ''
  return { find: one('find').slice(0, 80), order: ORDERS.find((order) => order === one('sort')) ?? 'saved' }
}

/** The address of both, `query` being that of the runs. */
export function withCards(query: string, { find, order }: CardsView): string {
  const params = new URLSearchParams(query)
  if (find !== '') params.set('find', find)
  if (order !== 'saved') params.set('sort', order)
  const joined = params.toString()
  return joined === '' ? '' : `?${joined}`
}

const MOST = 20

/** What the page has heard of since it was made goes before what it began with. Newest first. */
export function lastRunsOf(name: string, first: readonly LastRun[], heard: readonly RunSummary[]): LastRun[] {
  const known = new Map<string, LastRun>()
  for (const run of first) if (run.workflow === name) known.set(run.id, run)
  for (const run of heard) if (run.workflow.name === name) known.set(run.id, { ...run, workflow: name })
  return [...known.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, MOST)
}

type Card = { workflow: Pick<WorkflowSummary, 'name' | 'title' | 'summary'>; runs: readonly LastRun[] }

/** All words have to be in title, summary or name; `saved` keeps the order. */
export function shownCards<Shown extends Card>(cards: readonly Shown[], { find, order }: CardsView): Shown[] {
  const words = find.toLowerCase().split(/\s+/)
  const found = cards.filter(({ workflow: { name, title, summary } }) => {
    const text = `${title} ${summary} ${name}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  if (order === 'name') return found.toSorted((a, b) => a.workflow.title.localeCompare(b.workflow.title))
  return order === 'attention' ? found.toSorted((a, b) => need(b.runs) - need(a.runs)) : found
}

/** The last run failed; then how many of the last did. */
function need(runs: readonly LastRun[]): number {
  const failed = runs.filter(({ status }) => status === 'failed').length
  return (runs[0]?.status === 'failed' ? MOST : 0) + failed
}
