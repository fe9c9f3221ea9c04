import type { Metadata } from 'next'
import { WORKERS } from '#lib/workers/registry.ts'
import { STATUS_WORDS } from '../words.ts'
import { removeDocument } from './actions.ts'
import { DocumentPage } from './document-page.tsx'
import { readDocument } from './read-document.ts'

export async function generateMetadata({ params }: PageProps<'/w/[workspace]/documents/[id]'>): Promise<Metadata> {
  const { workspace, id } = await params
  const { document } = await readDocument(workspace, id)
  return { title: `${document.name} · ${STATUS_WORDS[document.status]}` }
}

export default async function Page({ params, searchParams }: PageProps<'/w/[workspace]/documents/[id]'>) {
  const { workspace, id } = await params
  const { result } = await searchParams
  const { document, uses, pages, starts, workflows } = await readDocument(workspace, id)
  return (
    <DocumentPage
      key={`${id} ${document.status}`}
      initial={document}
      first={pages}
      starts={starts}
      uses={uses}
      result={typeof result === 'string' ? result : null}
      workers={WORKERS.map(({ name, title }) => ({ name, title }))}
      workflows={workflows}
      remove={removeDocument}
    />
  )
}
