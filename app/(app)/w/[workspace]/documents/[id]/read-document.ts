import 'server-only'
import { cache } from 'react'
import { inWorkspace } from '#app/_server/session.ts'
import { listUses } from '#lib/documents/used-in.ts'
import { getDocument, listPages, pageStarts } from '#lib/documents/queries.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { PAGES_SHOWN } from '../limits.ts'

/** Read once a request, whoever of layout, page and title asks first. */
export const readDocument = cache((workspace: string, id: string) =>
  inWorkspace(workspace, async (ctx) => {
    const document = await getDocument(ctx, id)
    const uses = await listUses(ctx, id)
    if (document.status !== 'ready') return { document, uses, pages: [], starts: [], workflows: [] }
    return {
      document,
      uses,
      pages: await listPages(ctx, id, { from: 1, to: PAGES_SHOWN }),
      starts: await pageStarts(ctx, id),
      // Of the workspace's own, only what was published can be started.
      workflows: (await listWorkflows(ctx))
        .filter((workflow) => workflow.id === null || workflow.version !== null)
        .map(({ name, title }) => ({ name, title })),
    }
  }),
)
