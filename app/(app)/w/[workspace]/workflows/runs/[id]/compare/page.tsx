import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { getRun, getRunBoard, listRuns } from '#lib/workflows/queries.ts'
import { runId } from '#lib/workflows/requests.ts'
import { readBoard } from '../read-run.ts'
import { compareRuns } from './compare-runs.ts'
import { CompareView } from './compare-view.tsx'
import { shortened } from './word-diff.ts'

type Props = PageProps<'/w/[workspace]/workflows/runs/[id]/compare'>

const MOST_OFFERED = 30

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  return { title: `${(await readBoard(workspace, id)).title} · Compared` }
}

export default async function ComparePage({ params, searchParams }: Props) {
  const { workspace, id } = await params
  const { with: chosen } = await searchParams
  const run = await readBoard(workspace, id)
  const { others, other, steps } = await inWorkspace(workspace, async (ctx) => {
    const page = await listRuns(ctx, { workflow: run.workflow.name, limit: MOST_OFFERED })
    const offered = page.items.filter((one) => one.id !== id)
    if (!runId.safeParse(chosen).success) return { others: offered, other: null, steps: null }
    const before = await getRunBoard(ctx, String(chosen))
    if (before.workflow.name !== run.workflow.name) return { others: offered, other: before, steps: null }
    const compared = compareRuns(await getRun(ctx, before.id), await getRun(ctx, id))
    return {
      others: offered,
      other: before,
      // Only what is other goes to the browser, with a few words around it.
      steps: compared.map((step) => ({ ...step, output: step.output && shortened(step.output) })),
    }
  })
  return <CompareView run={run} other={other} others={others} steps={steps} />
}
