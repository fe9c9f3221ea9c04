import type { Metadata } from 'next'
import { inWorkspace } from '#app/_server/session.ts'
import { getWorkflow, listVersions } from '#lib/workflows/stored/queries.ts'
import { compareSides, sideName } from '#lib/workflows/stored/sides.ts'
import { writeDraft } from '#lib/workflows/stored/yaml-draft.ts'
import { CompareView } from './compare-view.tsx'
import { shownChanges, yamlRows } from './shown-changes.ts'

type Props = PageProps<'/w/[workspace]/workflows/[name]/compare'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, name } = await params
  const { title } = await inWorkspace(workspace, (ctx) => getWorkflow(ctx, name))
  return { title: `${title} · Compared` }
}

export default async function ComparePage({ params, searchParams }: Props) {
  const { workspace, name } = await params
  const asked = await searchParams
  // An address that names no state shows what is compared by itself.
  const [from, to] = [asked['from'], asked['to']].map((side) => sideName.safeParse(side).data)
  const yaml = asked['view'] === 'yaml'
  const { title, versions, compared } = await inWorkspace(workspace, async (ctx) => ({
    title: (await getWorkflow(ctx, name)).title,
    versions: await listVersions(ctx, name),
    compared: await compareSides(ctx, name, { from, to }),
  }))
  const { from: before, to: after, changes } = compared
  return (
    <CompareView
      workflow={{ name, title }}
      versions={versions.map(({ version, note, publishedAt }) => ({ version, note, publishedAt }))}
      from={{ of: before.of ?? 'draft', by: before.by, at: before.at ?? '' }}
      to={{ of: after.of ?? 'draft', by: after.by, at: after.at ?? '' }}
      changes={shownChanges(changes)}
      lines={yaml ? yamlRows(writeDraft(before.definition), writeDraft(after.definition)) : null}
    />
  )
}
