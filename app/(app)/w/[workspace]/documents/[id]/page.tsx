import type { Metadata } from 'next'
import { STATUS_WORDS } from '../words.ts'
import { removeDocument } from './actions.ts'
import { DocumentPage } from './document-page.tsx'
import { readDocument } from './read-document.ts'

export async function generateMetadata({ params }: PageProps<'/w/[workspace]/documents/[id]'>): Promise<Metadata> {
  const { workspace, id } = await params
  const { document } = await readDocument(workspace, id)
  return { title: `${document.name} · ${STATUS_WORDS[document.status]}` }
}

export default async function Page({ params }: PageProps<'/w/[workspace]/documents/[id]'>) {
  const { workspace, id } = await params
  const { document, pages, starts } = await readDocument(workspace, id)
  return (
    <DocumentPage
      key={`${id} ${document.status}`}
      initial={document}
      first={pages}
      starts={starts}
      remove={removeDocument}
    />
  )
}
