import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { currentWorkspace } from './_server/current-workspace.ts'

/** Leads to the workspace that the person used last. */
export default async function RootPage() {
  const last = await currentWorkspace()
  redirect((last ? `/w/${last.slug}` : '/account') as Route)
}
