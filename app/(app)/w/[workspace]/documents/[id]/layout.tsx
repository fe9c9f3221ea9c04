import { headers } from 'next/headers'
import { readDocument } from './read-document.ts'

/** A document that does not exist answers 404: the status is sent with the first byte, and the skeleton would be it. */
export default async function DocumentLayout({ params, children }: LayoutProps<'/w/[workspace]/documents/[id]'>) {
  const { workspace, id } = await params
  if ((await headers()).get('sec-fetch-dest') !== 'empty') await readDocument(workspace, id)
  return children
}
