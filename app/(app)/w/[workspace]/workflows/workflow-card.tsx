'use client'

import { Ellipsis, FileDown, FileJson, Pencil, Play, Zap } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TriggerWords } from '#lib/triggers/shapes.ts'
import type { LastRun } from '#lib/workflows/shapes.ts'
import type { WorkflowSummary } from '#lib/workflows/stored/shapes.ts'
import { MiniGraph } from './mini-graph.tsx'
import { RunTicks } from './run-ticks.tsx'
import { WhatStarts } from './what-starts.tsx'

type CardProps = {
  workflow: WorkflowSummary
  triggers: readonly TriggerWords[]
  runs: readonly LastRun[]
  now: number
  href: string
}

/** A workflow at a glance: its steps, how its last runs went, and what can be done with it. */
export function WorkflowCard({ workflow, triggers, runs, now, href }: CardProps) {
  const { whyNot } = useWorkspace()
  const refusal = whyNot('run.start')
  return (
    <li className="panel flex flex-col overflow-hidden min-w-0">
      <div className="flex items-start gap-1 px-3.5 pt-3">
        <h2 className="text-14 min-w-0 flex-1 mt-0.5 [overflow-wrap:anywhere]">
          {workflow.title}
          {workflow.version === null ? null : <span className="badge ml-2">v{workflow.version}</span>}
        </h2>
        {workflow.id === null ? null : (
          <ButtonLink
            size="sm"
            kind="ghost"
            icon={<Pencil aria-hidden />}
            href={`${href}/edit`}
            className="btn-icon"
            aria-label={`Edit ${workflow.title}`}
            title="Edit"
          />
        )}
        {workflow.id !== null && workflow.version === null ? null : refusal ? (
          <Button size="sm" icon={<Play aria-hidden />} disabledReason={refusal}>
            Run
          </Button>
        ) : (
          <ButtonLink size="sm" icon={<Play aria-hidden />} href={href} aria-label={`Run ${workflow.title}`}>
            Run
          </ButtonLink>
        )}
        <CardMenu workflow={workflow} href={href} />
      </div>
      <p className="text-12 text-soft px-3.5 pt-0.5 pb-3 [overflow-wrap:anywhere]">{workflow.summary}</p>
      <div className="bg-well border-y border-line">
        <MiniGraph steps={workflow.steps} />
      </div>
      <RunTicks runs={runs} now={now} />
      <WhatStarts triggers={triggers} now={now} href={`${href}/triggers`} />
    </li>
  )
}

function CardMenu({ workflow: { id, name, title, version, changed }, href }: Pick<CardProps, 'workflow' | 'href'>) {
  const { api } = useWorkspace()
  const file = (query: string) => `${api}/workflows/${name}/export?${query}`
  return (
    <Menu
      trigger={<IconButton size="sm" label={`More about ${title}`} icon={<Ellipsis aria-hidden />} />}
      label={`More about ${title}`}
    >
      <MenuItem icon={<Zap aria-hidden />} href={`${href}/triggers`}>
        What starts it
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<FileDown aria-hidden />} href={file('format=yaml')} download>
        Export {version === null ? '' : `version ${version} `}as YAML
      </MenuItem>
      <MenuItem icon={<FileJson aria-hidden />} href={file('format=json')} download>
        Export {version === null ? '' : `version ${version} `}as JSON
      </MenuItem>
      {id !== null && version !== null && changed ? (
        <MenuItem icon={<FileDown aria-hidden />} href={file('of=draft')} download>
          Export the draft as YAML
        </MenuItem>
      ) : null}
    </Menu>
  )
}
