import { headers } from 'next/headers'
import { readTask } from './read-task.ts'

/**
 * A task that does not exist answers 404: the status is sent with the first byte, and the skeleton inside would be it.
 * Pages that the browser only fetches into the present one have no status to show, so their skeleton comes at once.
 */
export default async function TaskLayout({ params, children }: LayoutProps<'/w/[workspace]/tasks/[id]'>) {
  const { workspace, id } = await params
  if ((await headers()).get('sec-fetch-dest') !== 'empty') await readTask(workspace, id)
  return children
}
