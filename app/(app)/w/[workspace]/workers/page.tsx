import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { readState } from './read-state.ts'
import { WorkersPage } from './workers-page.tsx'

export const metadata: Metadata = { title: 'Workers' }

export default async function Page({ params }: PageProps<'/w/[workspace]/workers'>) {
  const { workspace } = await params
  return <WorkersPage start={await inWorkspace(workspace, readState)} />
}
