import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { inWorkspace } from '#app/_server/session.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { sampleFor } from '#lib/workspaces/samples.ts'
import { checklistCookie } from './checklist-cookie.ts'
import { HomePage } from './home-page.tsx'
import { readHome } from './read-home.ts'

export const metadata: Metadata = { title: 'Home' }

const SAMPLE_WORKERS = ['document-analyzer', 'summarizer', 'sentiment-analyzer']
const BEGINNING = 160

export default async function Page({ params }: PageProps<'/w/[workspace]'>) {
  const { workspace } = await params
  const jar = await cookies()
  const state = await inWorkspace(workspace, async (ctx, { id }) => ({
    start: await readHome(ctx),
    dismissed: jar.has(checklistCookie(id)),
  }))
  const samples = SAMPLE_WORKERS.map((worker) => {
    const { title, text, language } = sampleFor(worker)
    return { worker, title, language, beginning: text.replaceAll(/\s+/g, ' ').slice(0, BEGINNING) }
  })
  return <HomePage {...state} samples={samples} workers={ALL_WORKERS.map(({ name, title }) => ({ name, title }))} />
}
