import { headers } from 'next/headers'
import { readBatch } from './read-batch.ts'

/** A batch that does not exist answers 404, as a task does. */
export default async function BatchLayout({ params, children }: LayoutProps<'/w/[workspace]/batches/[id]'>) {
  const { workspace, id } = await params
  if ((await headers()).get('sec-fetch-dest') !== 'empty') await readBatch(workspace, id)
  return children
}
