import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listItems } from '#lib/batches/list-items.ts'
import { itemQuery } from '#lib/batches/requests.ts'
import { BATCH_WORDS } from '../words.ts'
import { cancelThisBatch, pauseThisBatch, resumeThisBatch, retryFailedRows, setBudgetOfBatch } from './actions.ts'
import { BatchView } from './batch-view.tsx'
import { readBatch } from './read-batch.ts'
import { ALL } from './shown.ts'

type Props = PageProps<'/w/[workspace]/batches/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  const batch = await readBatch(workspace, id)
  return { title: `${batch.name} · ${BATCH_WORDS[batch.status]}` }
}

export default async function BatchPage({ params, searchParams }: Props) {
  const { workspace, id } = await params
  const { state, needs, search } = await searchParams
  const asked = itemQuery.safeParse({ state, needs, search, order: 'needs' })
  const query = asked.success ? asked.data : ({ order: 'needs' } as const)
  const shown = asked.success
    ? { state: asked.data.state ?? null, needs: asked.data.needs === 'person', search: asked.data.search ?? '' }
    : ALL
  const batch = await readBatch(workspace, id)
  const items = await inWorkspace(workspace, (ctx) => listItems(ctx, id, query))
  const actions = { pause: pauseThisBatch, resume: resumeThisBatch, cancel: cancelThisBatch, retry: retryFailedRows }
  return (
    <BatchView
      key={batch.id}
      initial={batch}
      items={items}
      shown={shown}
      actions={actions}
      setBudget={setBudgetOfBatch}
    />
  )
}
