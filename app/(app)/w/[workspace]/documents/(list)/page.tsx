import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { listDocuments } from '#lib/documents/queries.ts'
import { DocumentsPage } from './documents-page.tsx'
import { LIST_LIMIT } from '../limits.ts'

export const metadata: Metadata = { title: 'Documents' }

export default async function Page({ params }: PageProps<'/w/[workspace]/documents'>) {
  const { workspace } = await params
  return <DocumentsPage start={await inWorkspace(workspace, (ctx) => listDocuments(ctx, { limit: LIST_LIMIT }))} />
}
