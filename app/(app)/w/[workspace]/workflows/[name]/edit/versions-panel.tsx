'use client'

import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { WorkflowVersion } from '#lib/workflows/stored/shapes.ts'
import { useEditor } from './editor-context.ts'

type Props = {
  versions: readonly WorkflowVersion[]
  /** Where a version stands beside the draft. */
  comparePath: (version: number) => string
}

/** What was published, newest first; each can become the draft again. */
export function VersionsPanel({ versions, comparePath }: Props) {
  const { edit, locked } = useEditor()
  return (
    <section aria-labelledby="versions-title" className="border-t border-line px-3.5 pt-2.5 pb-3 min-w-0">
      <h2 id="versions-title" className="text-13">
        Versions
      </h2>
      {versions.length === 0 ? (
        <p className="mt-1.5 text-12 text-soft">None yet. Publishing makes the first.</p>
      ) : (
        <ol className="mt-1.5 text-12">
          {versions.map(({ version, publishedBy, publishedAt, definition, note }, index) => (
            <li key={version} className="relative pl-4 pb-2.5">
              <i
                className={`absolute left-0 top-1.5 size-2 rounded-full ${index === 0 ? 'bg-accent' : 'bg-line-strong'}`}
                aria-hidden
              />
              <span className="font-medium">Version {version}</span>
              <span className="block text-soft [overflow-wrap:anywhere]">
                {index === 0 ? 'runs, ' : ''}
                {publishedBy}, <DateTime at={publishedAt} />
                {note === '' ? '' : `, ${note}`}
              </span>
              <ButtonLink
                kind="ghost"
                size="sm"
                className="-ml-2"
                href={comparePath(version)}
                aria-label={`Compare version ${version} with the draft`}
              >
                Compare
              </ButtonLink>
              <Button
                kind="ghost"
                size="sm"
                aria-label={`Take back version ${version}`}
                disabledReason={locked}
                onClick={() => {
                  const { name: _, ...draft } = definition
                  edit({ do: 'replace', draft, what: `take back version ${version}` })
                }}
              >
                Take back
              </Button>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
