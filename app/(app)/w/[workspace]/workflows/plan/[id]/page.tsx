import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { modelSettings } from '#lib/env.ts'
import { workerTimes } from '#lib/pools/queries.ts'
import { planner } from '#lib/workers/planner.ts'
import { cancelThisTask, retryThisTask } from '../../../tasks/[id]/actions.ts'
import { catalogue } from '../../../tasks/new/read-catalogue.ts'
import { connectedModel } from '../../../tasks/new/read-model.ts'
import { changeThisPlan, runThisPlan, saveThisPlan } from '../actions.ts'
import { PlanView } from './plan-view.tsx'
import { readPlan } from './read-plan.ts'

type Props = PageProps<'/w/[workspace]/workflows/plan/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params
  const { plan } = await readPlan(workspace, id)
  return { title: `Plan: ${plan.title}` }
}

export default async function PlanPage({ params }: Props) {
  const { workspace, id } = await params
  const { plan, task, mine } = await readPlan(workspace, id)
  const { times, model } = await inWorkspace(workspace, async (ctx) => ({
    times: await workerTimes(ctx),
    model: await connectedModel(ctx),
  }))
  return (
    <PlanView
      key={plan.id}
      initial={plan}
      task={task}
      mine={mine}
      worker={{ title: planner.title, needsModel: false, model: modelSettings()?.model ?? null, optionTitles: {} }}
      workers={catalogue()}
      times={times}
      model={model}
      actions={{ cancel: cancelThisTask, retry: retryThisTask }}
      change={changeThisPlan}
      run={runThisPlan}
      save={saveThisPlan}
    />
  )
}
