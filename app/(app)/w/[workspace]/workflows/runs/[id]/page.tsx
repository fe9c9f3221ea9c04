import type { Metadata } from 'next'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { cancelThisRun } from '../../actions.ts'
import { reportOf } from '#lib/workflows/report.ts'
import { readRun } from './read-run.ts'
import { RunView } from './run-view.tsx'

type Props = PageProps<'/w/[workspace]/workflows/runs/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  const run = await readRun(workspace, id)
  return { title: `${run.title} · ${statusWord(run.status)}` }
}

export default async function RunPage({ params }: Props) {
  const { workspace, id } = await params
  const run = await readRun(workspace, id)
  return <RunView key={run.id} initial={run} report={reportOf(run)} cancel={cancelThisRun} />
}
