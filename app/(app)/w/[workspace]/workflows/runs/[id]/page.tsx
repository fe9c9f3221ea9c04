import type { Metadata } from 'next'
import { createLoader } from 'nuqs/server'
import { searchString } from '#app/_server/search-string.ts'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { cancelThisRun, decideInRun, skipThisStep } from '../../actions.ts'
import { readBoard, readReport, readTimes } from './read-run.ts'
import { RunView } from './run-view.tsx'
import { viewParser } from './steps/steps-address.ts'

type Props = PageProps<'/w/[workspace]/workflows/runs/[id]'>

const loadView = createLoader({ view: viewParser })

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  const run = await readBoard(workspace, id)
  return { title: `${run.title} · ${statusWord(run.status)}` }
}

export default async function RunPage({ params, searchParams }: Props) {
  const { workspace, id } = await params
  const search = searchString(await searchParams)
  const run = await readBoard(workspace, id)
  // Whoever watches the steps needs neither the text nor what they made.
  const report = loadView(search).view === null ? await readReport(workspace, id) : null
  const times = await readTimes(workspace)
  return (
    <RunView
      key={run.id}
      search={search}
      initial={run}
      report={report}
      times={times}
      cancel={cancelThisRun}
      decide={decideInRun}
      skip={skipThisStep}
    />
  )
}
