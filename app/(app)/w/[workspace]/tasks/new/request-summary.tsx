import { formatQuantity } from '#app/_ui/format.ts'
import type { CatalogueWorker } from './catalogue.ts'
import type { Draft } from './draft.ts'
import { entryLabel } from './option-controls.ts'

/** What will be sent, in words: only what was chosen. */
export function RequestSummary({ draft, worker }: { draft: Draft; worker: CatalogueWorker | undefined }) {
  const rows: [string, string][] = [
    ['Worker', worker?.title ?? draft.worker],
    ['Text', draft.text === '' ? 'none yet' : formatQuantity(draft.text.length, 'character')],
  ]
  for (const control of worker?.controls ?? []) {
    const value = draft.options[draft.worker]?.[control.name]
    if (value !== undefined) rows.push([control.title, valueWords(value)])
  }
  rows.push(['Engine', { auto: 'Automatic', rules: 'Built-in engine', model: 'AI model' }[draft.engine]])
  rows.push(['Priority', draft.priority])
  if (draft.dueAt) rows.push(['Due by', draft.dueAt.replace('T', ', ')])
  if (draft.notBefore) rows.push(['Not before', draft.notBefore.replace('T', ', ')])
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

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(entryLabel).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return entryLabel(value)
}
