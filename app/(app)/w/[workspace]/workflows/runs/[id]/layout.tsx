import { headers } from 'next/headers'
import { readBoard } from './read-run.ts'

/** A run that does not exist answers 404, as a task does. */
export default async function RunLayout({ params, children }: LayoutProps<'/w/[workspace]/workflows/runs/[id]'>) {
  const { workspace, id } = await params
  if ((await headers()).get('sec-fetch-dest') !== 'empty') await readBoard(workspace, id)
  return children
}
