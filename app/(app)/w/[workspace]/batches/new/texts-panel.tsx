'use client'

import type { ReactNode } from 'react'
import { Panel } from '#app/_ui/panel.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { filesOf } from '../words.ts'

export type Mode = 'table' | 'files'

/** Where the texts come from. */
export function TextsPanel({
  mode,
  onMode,
  children,
}: {
  mode: Mode
  onMode: (mode: Mode) => void
  children: ReactNode
}) {
  return (
    <Panel
      title="Texts"
      end={
        <Segmented
          label="Where the texts are"
          value={mode}
          onChange={onMode}
          segments={[
            { value: 'table', label: 'Table' },
            { value: 'files', label: 'Files' },
          ]}
        />
      }
    >
      <div className="p-3.5 grid gap-3.5">{children}</div>
    </Panel>
  )
}

export function filesProblem(count: number, onTheWay: number): string {
  if (count === 0) return 'Choose some files first.'
  return onTheWay > 0
    ? `Wait until all are here: ${filesOf(onTheWay)} on the way.`
    : 'None of these files can be worked on.'
}
