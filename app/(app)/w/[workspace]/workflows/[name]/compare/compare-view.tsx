'use client'

import { ArrowLeft, ArrowLeftRight, GitCompareArrows, ListTree, SquareCode } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Field } from '#app/_ui/field.tsx'
import { formatInstant, formatQuantity } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { ChangedFields, ChangedStep } from './changed-step.tsx'
import type { ShownChanges, YamlRow } from './shown-changes.ts'
import { YamlDiff } from './yaml-diff.tsx'

type Side = { of: number | 'draft'; by: string; at: string }

type Props = {
  workflow: { name: string; title: string }
  versions: readonly { version: number; note: string; publishedAt: string }[]
  from: Side
  to: Side
  changes: ShownChanges
  /** Of both as YAML; null while the changes are shown by what they mean. */
  lines: readonly YamlRow[] | null
}

/** Two states of a workflow: what came, went and changed between them. */
export function CompareView({ workflow, versions, from, to, changes, lines }: Props) {
  const { path } = useWorkspace()
  const router = useRouter()
  const { name, title } = workflow
  const go = (query: { from?: string; to?: string; view?: string }) => {
    const asked = { from: String(from.of), to: String(to.of), ...(lines ? { view: 'yaml' } : {}), ...query }
    router.replace(`${path(`/workflows/${name}/compare`)}?${new URLSearchParams(asked)}` as Route, { scroll: false })
  }
  const choices = [
    { value: 'draft', label: 'Draft' },
    ...versions.map(({ version, publishedAt, note }) => ({
      value: String(version),
      label: `Version ${version}, ${formatInstant(publishedAt).replace(/:\d\d\.\d+$/, '')}${note === '' ? '' : `, ${note}`}`,
    })),
  ]
  const same = changes.steps.length === 0 && changes.fields.length === 0
  return (
    <div className="page flex flex-col gap-4">
      <PageTitle title="Compared" tab={`${title} · Compared - Baton`} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-20 [overflow-wrap:anywhere]">{headline(from, to, changes)}</h1>
          <p className="text-soft mt-0.5 [overflow-wrap:anywhere]">
            {title}: <SideWords side={from} /> beside <SideWords side={to} />.
          </p>
        </div>
        <ButtonLink icon={<ArrowLeft aria-hidden />} href={path(`/workflows/${name}/edit`)}>
          Back to the editor
        </ButtonLink>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="From" className="flex-1 basis-50 max-w-80">
          <Select value={String(from.of)} onChange={({ target }) => go({ from: target.value })} choices={choices} />
        </Field>
        <IconButton
          kind="secondary"
          label="Swap both"
          icon={<ArrowLeftRight aria-hidden />}
          onClick={() => go({ from: String(to.of), to: String(from.of) })}
        />
        <Field label="To" className="flex-1 basis-50 max-w-80">
          <Select value={String(to.of)} onChange={({ target }) => go({ to: target.value })} choices={choices} />
        </Field>
        <span className="md:ml-auto">
          <Segmented
            label="Show changes"
            value={lines ? 'yaml' : 'steps'}
            onChange={(view) => go({ view })}
            segments={[
              { value: 'steps', label: 'By step', icon: <ListTree aria-hidden /> },
              { value: 'yaml', label: 'YAML', icon: <SquareCode aria-hidden /> },
            ]}
          />
        </span>
      </div>
      {versions.length === 0 ? (
        <Note tone="plain" title="Nothing is published yet">
          Publishing makes the first version; the draft is compared with it from then on.
        </Note>
      ) : null}
      {same && !changes.reordered ? (
        <EmptyState icon={<GitCompareArrows aria-hidden />} title="Nothing is other">
          {from.of === to.of ? 'Choose two states that differ.' : 'Both say the same in every step and field.'}
        </EmptyState>
      ) : lines ? (
        <YamlDiff rows={lines} />
      ) : (
        <Changes changes={changes} />
      )}
    </div>
  )
}

function Changes({ changes: { fields, steps, same, reordered } }: { changes: ShownChanges }) {
  return (
    <div className="panel overflow-hidden">
      {fields.length > 0 ? (
        <section aria-label="The workflow itself" className="px-3.5 py-3 border-b border-line last:border-b-0">
          <p className="font-medium mb-1.5">The workflow itself</p>
          <ChangedFields fields={fields} />
        </section>
      ) : null}
      {steps.length > 0 ? (
        <ol aria-label="Steps that differ">
          {steps.map((step) => (
            <ChangedStep key={`${step.change} ${step.name}`} step={step} />
          ))}
        </ol>
      ) : null}
      <p className="px-3.5 py-2.5 text-12 text-soft bg-well">
        {same === 0 ? 'No step is the same.' : `${formatQuantity(same, 'step')} the same.`}
        {reordered ? ' Steps stand in another order, which changes nothing in a run.' : ''}
      </p>
    </div>
  )
}

function headline(from: Side, to: Side, { steps, fields, reordered }: ShownChanges): string {
  const between = `between ${sideName(from)} and ${sideName(to)}`
  const count = (change: string) => steps.filter((step) => step.change === change).length
  const parts = [
    ...(['new', 'changed', 'gone'] as const).flatMap((change) =>
      count(change) > 0 ? [`${count(change)} ${change}`] : [],
    ),
  ]
  if (parts.length > 0) return `${parts.join(', ')} ${between}`
  if (fields.length > 0) return `No step differs ${between}`
  return reordered ? `Only the order differs ${between}` : `Nothing differs ${between}`
}

function sideName({ of }: Side): string {
  return of === 'draft' ? 'the draft' : `version ${of}`
}

function SideWords({ side }: { side: Side }) {
  return (
    <>
      {sideName(side)}, {side.of === 'draft' ? 'saved' : 'published'} <DateTime at={side.at} /> by {side.by}
    </>
  )
}
