import type { ReactNode } from 'react'
import { formatQuantity } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { CatalogueWorker } from './catalogue.ts'
import { type Draft, isTime } from './draft.ts'
import { entryLabel } from './option-controls.ts'

/** What will be sent, in words: only what was chosen. */
export function RequestSummary({ draft, worker }: { draft: Draft; worker: CatalogueWorker | undefined }) {
  const rows: [string, ReactNode][] = [
    ['Worker', worker?.title ?? draft.worker],
    ['Text', draft.text === '' ? 'none yet' : formatQuantity(draft.text.length, 'character')],
  ]
  for (const control of worker?.controls ?? []) {
    const value = draft.options[draft.worker]?.[control.name]
    if (value !== undefined) rows.push([control.title, valueWords(value)])
  }
  rows.push(['Engine', { auto: 'Automatic', rules: 'Built-in engine', model: 'AI model' }[draft.engine]])
  rows.push(['Priority', draft.priority])
  if (isTime(draft.dueAt)) rows.push(['Due by', <LocalTime key="due" local={draft.dueAt} />])
  if (isTime(draft.notBefore)) rows.push(['Not before', <LocalTime key="start" local={draft.notBefore} />])
  if (draft.title) rows.push(['Title', draft.title])
  if (draft.tags.length > 0) rows.push(['Tags', draft.tags.join(', ')])
  if (draft.externalId) rows.push(['External id', draft.externalId])
  if (draft.idempotencyKey) rows.push(['Idempotency key', draft.idempotencyKey])
  return (
    <dl className="p-3.5 grid gap-2">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-soft shrink-0">{name}</dt>
          <dd className="text-right font-medium min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function LocalTime({ local }: { local: string }) {
  return <DateTime at={new Date(local).toISOString()} />
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(entryLabel).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return entryLabel(value)
}
