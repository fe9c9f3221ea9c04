import { headers } from 'next/headers'
import { readPlan } from './read-plan.ts'

/** A plan that does not exist answers 404, as a task does. */
export default async function PlanLayout({ params, children }: LayoutProps<'/w/[workspace]/workflows/plan/[id]'>) {
  const { workspace, id } = await params
  if ((await headers()).get('sec-fetch-dest') !== 'empty') await readPlan(workspace, id)
  return children
}
