import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { runHappened } from '#lib/workflows/happened.ts'
import { readBoard } from '../read-run.ts'
import { EventsView } from './events-view.tsx'

type Props = PageProps<'/w/[workspace]/workflows/runs/[id]/events'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  return { title: `${(await readBoard(workspace, id)).title} · What happened` }
}

export default async function EventsPage({ params }: Props) {
  const { workspace, id } = await params
  const run = await readBoard(workspace, id)
  const start = await inWorkspace(workspace, (ctx) => runHappened(ctx, id))
  return <EventsView id={id} title={run.title} open={run.finishedAt === null} start={start} />
}
