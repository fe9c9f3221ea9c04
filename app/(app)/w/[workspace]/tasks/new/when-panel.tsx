'use client'

import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { type Draft, localTime } from './draft.ts'
import { PriorityField } from './priority-field.tsx'

export function WhenPanel({
  draft,
  onChange,
  errorOf,
}: {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  errorOf: (field: string) => string | null
}) {
  return (
    <Panel title="When">
      <div className="p-3.5 grid grid-cols-1 gap-x-6 gap-y-4 md:grid-cols-2">
        <div className="grid gap-4 content-start">
          <PriorityField value={draft.priority} onChange={(priority) => onChange({ priority })} />
          <Field
            label="Not before"
            optional
            id="field-notBefore"
            hint="It waits until then, and starts as soon as a slot is free."
            error={errorOf('notBefore')}
          >
            <Input
              type="datetime-local"
              className="num"
              value={draft.notBefore}
              onChange={(event) => onChange({ notBefore: event.target.value })}
            />
          </Field>
        </div>
        <div className="grid gap-1.5 content-start">
          <Field label="Due by" optional id="field-dueAt" error={errorOf('dueAt')}>
            <Input
              type="datetime-local"
              className="num"
              value={draft.dueAt}
              onChange={(event) => onChange({ dueAt: event.target.value })}
            />
          </Field>
          <div className="flex flex-wrap gap-1.5">
            {SHORTCUTS.map((shortcut) => (
              <Button
                key={shortcut.label}
                size="sm"
                className="font-normal!"
                onClick={() => onChange({ dueAt: localTime(wholeMinute(shortcut.time(new Date()))) })}
              >
                {shortcut.label}
              </Button>
            ))}
            {draft.dueAt === '' ? null : (
              <Button size="sm" kind="ghost" onClick={() => onChange({ dueAt: '' })}>
                No due time
              </Button>
            )}
          </div>
        </div>
      </div>
    </Panel>
  )
}

const SHORTCUTS = [
  { label: 'In 15 min', time: (now: Date) => new Date(now.getTime() + 15 * 60_000) },
  { label: 'In 1 hour', time: (now: Date) => new Date(now.getTime() + 60 * 60_000) },
  { label: 'Next 17:00', time: (now: Date) => nextTime(now, 17) },
  { label: 'Tomorrow 09:00', time: (now: Date) => nextTime(new Date(now.getTime() + 86_400_000), 9, true) },
]

function wholeMinute(time: Date): Date {
  const whole = new Date(time)
  whole.setSeconds(0, 0)
  return whole
}

/** The next time that the clock shows this hour; with `sameDay` on that very day. */
function nextTime(from: Date, hour: number, sameDay = false): Date {
  const time = new Date(from)
  time.setHours(hour, 0, 0, 0)
  if (!sameDay && time <= from) time.setDate(time.getDate() + 1)
  return time
}
