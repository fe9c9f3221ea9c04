'use client'

import { ChevronRight, RefreshCw } from 'lucide-react'
import { Field } from '#app/_ui/field.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Input } from '#app/_ui/input.tsx'
import { TagInput } from '#app/_ui/tag-input.tsx'
import type { Draft } from './draft.ts'

export const ADVANCED_FIELDS = ['title', 'tags', 'externalId', 'idempotencyKey']

export function AdvancedPanel({
  draft,
  onChange,
  errorOf,
  open,
  onToggle,
}: {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  errorOf: (field: string) => string | null
  open: boolean
  onToggle: (open: boolean) => void
}) {
  return (
    <details className="panel group" open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className="panel-h group-not-open:border-b-0! list-none rounded-t-lg group-not-open:rounded-b-lg hover:bg-hover">
        <ChevronRight className="i-sm text-soft transition-transform group-open:rotate-90" aria-hidden />
        <h2>Advanced</h2>
        <span className="text-12 text-soft truncate">title, tags, external id, idempotency key</span>
      </summary>
      <div className="p-3.5 grid grid-cols-1 gap-x-4 gap-y-4 md:grid-cols-2">
        <Field
          label="Title"
          optional
          id="field-title"
          hint="Else the first words of the text."
          error={errorOf('title')}
        >
          <Input value={draft.title} onChange={(event) => onChange({ title: event.target.value })} />
        </Field>
        <Field label="Tags" optional id="field-tags" hint="To find it again." error={errorOf('tags')}>
          <TagInput values={draft.tags} max={10} onChange={(tags) => onChange({ tags })} placeholder="Add a tag" />
        </Field>
        <Field
          label="External id"
          optional
          id="field-externalId"
          hint="The number it has in your own system."
          error={errorOf('externalId')}
        >
          <Input
            className="mono"
            value={draft.externalId}
            onChange={(event) => onChange({ externalId: event.target.value })}
          />
        </Field>
        <Field
          label="Idempotency key"
          optional
          id="field-idempotencyKey"
          hint="Sent twice in 24 h, runs once."
          error={errorOf('idempotencyKey')}
        >
          <div className="relative">
            <Input
              className="mono pr-9!"
              value={draft.idempotencyKey}
              onChange={(event) => onChange({ idempotencyKey: event.target.value })}
            />
            <span className="absolute right-0.5 top-0.5 max-md:top-1">
              <IconButton
                size="sm"
                label="Make a key"
                icon={<RefreshCw aria-hidden />}
                onClick={() => onChange({ idempotencyKey: `task-${randomText()}` })}
              />
            </span>
          </div>
        </Field>
      </div>
    </details>
  )
}

/** Twelve random letters and digits; crypto.randomUUID is missing on plain http. */
function randomText(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join('')
}
