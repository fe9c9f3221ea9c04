import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listBatches } from '#lib/batches/queries.ts'
import { BatchesPage } from './batches-page.tsx'

export const metadata: Metadata = { title: 'Batches' }

export default async function Page({ params }: PageProps<'/w/[workspace]/batches'>) {
  const { workspace } = await params
  return <BatchesPage start={await inWorkspace(workspace, (ctx) => listBatches(ctx))} />
}
