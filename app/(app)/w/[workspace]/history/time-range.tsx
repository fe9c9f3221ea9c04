'use client'

import { CalendarClock, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useMounted, useNow } from '#app/_ui/clock.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Popover } from '#app/_ui/popover.tsx'
import { type HistoryFilters, isPeriod } from './filters.ts'
import { customTitle, FIRST_YEAR, LAST_YEAR, type Range, RANGE_TITLES, RANGES } from './range.ts'

/** When the tasks were submitted: a range that ends now, or a stated period in the viewer's zone. */
export function TimeRange({
  filters,
  range,
  onFilters,
}: {
  filters: HistoryFilters
  /** The range in force when the address states no period. */
  range: Range
  onFilters: (change: Partial<HistoryFilters>) => void
}) {
  const [open, setOpen] = useState(false)
  const mounted = useMounted()
  const now = useNow('minute')
  const custom = isPeriod(filters)
  const title = custom ? (mounted ? customTitle(filters.from, filters.to, now) : 'A period') : RANGE_TITLES[range]
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={`Time: ${title}`}
      name="Time"
      className="p-2 w-72"
      trigger={
        <Button className="h-10! max-md:h-11! max-md:w-full max-md:justify-between">
          <CalendarClock className="i" aria-hidden />
          {title}
          <ChevronDown className="i-sm" aria-hidden />
        </Button>
      }
    >
      <ul>
        {RANGES.map((choice) => {
          const chosen = !custom && choice === range
          return (
            <li key={choice}>
              <button
                type="button"
                aria-pressed={chosen}
                className={`menu-item hover:bg-hover focus-visible:outline-2! focus-visible:outline-ring! ${chosen ? 'font-medium' : ''}`}
                onClick={() => {
                  onFilters({ range: choice, from: '', to: '' })
                  setOpen(false)
                }}
              >
                <span className="flex-1">{RANGE_TITLES[choice]}</span>
                {chosen ? <span aria-hidden>✓</span> : null}
              </button>
            </li>
          )
        })}
      </ul>
      <CustomPeriod
        key={`${filters.from} ${filters.to}`}
        from={filters.from}
        to={filters.to}
        onApply={(period) => {
          onFilters({ range: null, ...period })
          setOpen(false)
        }}
      />
    </Popover>
  )
}

function CustomPeriod({
  from,
  to,
  onApply,
}: {
  from: string
  to: string
  onApply: (period: { from: string; to: string }) => void
}) {
  const [start, setStart] = useState(() => toLocal(from))
  const [end, setEnd] = useState(() => toLocal(to))
  const backwards = start !== '' && end !== '' && new Date(start) >= new Date(end)
  const problems = { start: yearProblem(start), end: yearProblem(end) }
  const reason =
    start === '' && end === ''
      ? 'Enter a beginning or an end'
      : (problems.start ?? problems.end ?? (backwards ? 'The end is not after the beginning' : null))
  return (
    <form
      className="border-t border-line mt-1 pt-2.5 px-1 pb-1 grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason === null) onApply({ from: toInstant(start), to: toInstant(end) })
      }}
    >
      <Field label="From" error={problems.start}>
        <Input type="datetime-local" value={start} onChange={(event) => setStart(event.target.value)} />
      </Field>
      <Field label="To" error={problems.end ?? (backwards ? reason : null)}>
        <Input type="datetime-local" value={end} onChange={(event) => setEnd(event.target.value)} />
      </Field>
      <Button type="submit" size="sm" disabledReason={reason}>
        Show this period
      </Button>
    </form>
  )
}

function yearProblem(local: string): string | null {
  if (local === '') return null
  const year = new Date(local).getFullYear()
  return year > FIRST_YEAR && year < LAST_YEAR ? null : `Use a year from ${FIRST_YEAR + 1} to ${LAST_YEAR - 1}`
}

/** ISO to the viewer's wall clock, as `datetime-local` wants it. */
function toLocal(iso: string): string {
  const at = new Date(iso)
  if (iso === '' || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function toInstant(local: string): string {
  return local === '' ? '' : new Date(local).toISOString()
}
