'use client'

import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { formatDuration } from './format.ts'
import { timeAxis } from './waterfall-scale.ts'

export type WaterfallRow = {
  id: string
  /** The row it folds under. */
  parent?: string
  label: string
  note?: string
  icon?: ReactNode
  /** A status class (`s-failed`) for the bar and the note; none = accent. */
  tone?: string
  kind: 'waiting' | 'working' | 'not yet'
  startMs: number
  /** Null = still going on. */
  endMs: number | null
  /** What the bar says on hover and to screen readers. */
  words: string
}

/** Steps on one time axis. ↑↓ select, ←→ fold and unfold. `nowMs` draws the line "now" while something goes on. */
export function Waterfall({
  rows,
  nowMs,
  caption,
  selected,
  onSelect,
}: {
  rows: readonly WaterfallRow[]
  nowMs: number | null
  caption: string
  selected: string | null
  onSelect: (id: string) => void
}) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const span = Math.max(nowMs ?? 0, ...rows.map((row) => row.endMs ?? row.startMs))
  const { endMs, stepMs, ticks } = timeAxis(span, 4)
  const place = (ms: number) => (ms / endMs) * 100
  const visible = rows.filter((row) => row.parent === undefined || !folded.has(row.parent))
  const parents = new Set(rows.map((row) => row.parent).filter((parent) => parent !== undefined))

  function fold(id: string, closed: boolean) {
    const next = new Set(folded)
    if (closed) next.add(id)
    else next.delete(id)
    setFolded(next)
  }
  function press(event: KeyboardEvent<HTMLTableSectionElement>) {
    const index = visible.findIndex((row) => row.id === selected)
    const row = visible[index]
    const target =
      event.key === 'ArrowDown'
        ? visible[Math.min(index + 1, visible.length - 1)]
        : event.key === 'ArrowUp'
          ? visible[Math.max(index - 1, 0)]
          : event.key === 'Home'
            ? visible[0]
            : event.key === 'End'
              ? visible.at(-1)
              : undefined
    if (target) {
      event.preventDefault()
      onSelect(target.id)
      event.currentTarget.querySelector<HTMLElement>(`[data-row="${CSS.escape(target.id)}"]`)?.focus()
    } else if (row && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      if (parents.has(row.id)) fold(row.id, event.key === 'ArrowLeft')
      else if (event.key === 'ArrowLeft' && row.parent) onSelect(row.parent)
    }
  }
  const tabStop = visible.some((row) => row.id === selected) ? selected : visible[0]?.id
  return (
    <table className="w-full border-separate border-spacing-0 text-12 table-fixed">
      <caption className="sr">
        {caption} Hatched is waiting, solid is working, outlined has not happened yet. Arrow keys move and fold.
      </caption>
      <colgroup>
        <col className="w-[44%] md:w-[230px] xl:w-[196px] min-[87.5rem]:w-[210px]" />
        <col />
        <col className="w-17" />
      </colgroup>
      <thead>
        <tr className="text-faint">
          <th scope="col" className="text-left font-medium h-7 pl-4 md:pl-5 xl:pl-6 border-b border-line">
            Step
          </th>
          <th scope="col" className="p-0 border-b border-line font-normal">
            <span className="sr">Time line</span>
            <span className="relative block h-7 num" aria-hidden>
              {ticks.map((tick, index) => (
                <span
                  key={tick.atMs}
                  className={`absolute top-1.5 whitespace-nowrap ${index === 0 ? '' : '-translate-x-1/2'} ${nowMs !== null && Math.abs(place(nowMs) - place(tick.atMs)) < 14 ? 'hidden' : ''}`}
                  style={{ left: `${place(tick.atMs)}%` }}
                >
                  {tick.label}
                </span>
              ))}
              {nowMs === null ? null : (
                <span
                  className="absolute top-1.5 -translate-x-1/2 text-accent-text font-medium"
                  style={{ left: `${place(nowMs)}%` }}
                >
                  now
                </span>
              )}
            </span>
          </th>
          <th scope="col" className="text-right font-medium pr-4 xl:pr-5 border-b border-line">
            Took
          </th>
        </tr>
      </thead>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one arrow-key handler for the rows' buttons */}
      <tbody onKeyDown={press}>
        {visible.map((row) => {
          const end = row.endMs ?? nowMs ?? row.startMs
          const isParent = parents.has(row.id)
          const isSelected = row.id === selected
          const open = !folded.has(row.id)
          return (
            <tr key={row.id} className={isSelected ? 'bg-selected' : 'hover:bg-hover'}>
              <th
                scope="row"
                className={`h-8 p-0 pl-4 md:pl-5 xl:pl-6 font-normal text-left ${isSelected ? 'shadow-[inset_2px_0_0_var(--accent)]' : ''}`}
              >
                <button
                  type="button"
                  data-row={row.id}
                  tabIndex={row.id === tabStop ? 0 : -1}
                  aria-expanded={isParent ? open : undefined}
                  aria-current={isSelected || undefined}
                  className={`flex items-center gap-1.5 w-full h-8 text-left focus-visible:-outline-offset-2 ${row.parent ? 'pl-5' : ''}`}
                  onClick={() => {
                    if (isParent && isSelected) fold(row.id, open)
                    onSelect(row.id)
                  }}
                >
                  {isParent ? (
                    <ChevronDown
                      className={`i-sm text-faint md:-ml-5 md:-mr-0.5 ${open ? '' : '-rotate-90'}`}
                      aria-hidden
                    />
                  ) : null}
                  {row.icon}
                  <span className="font-medium text-ink whitespace-nowrap truncate">{row.label}</span>
                  <span className={`truncate ${row.tone ?? 'text-faint'}`}>{row.note}</span>
                </button>
              </th>
              <td className="p-0">
                <span
                  className="relative block h-8"
                  style={{
                    background: `repeating-linear-gradient(90deg,var(--grid) 0 1px,transparent 1px ${place(stepMs)}%)`,
                  }}
                >
                  <i
                    className={`absolute top-2.5 h-3 rounded-xs ${row.kind === 'waiting' ? 'hatch' : row.kind === 'working' ? `solid ${row.tone ?? ''}` : 'outline-bar'}`}
                    style={{ left: `${place(row.startMs)}%`, width: `max(3px, ${place(end - row.startMs)}%)` }}
                    title={row.words}
                    aria-hidden
                  />
                  <span className="sr">{row.words}</span>
                  {nowMs === null ? null : (
                    <i className="absolute inset-y-0 w-px bg-accent" style={{ left: `${place(nowMs)}%` }} aria-hidden />
                  )}
                </span>
              </td>
              <td
                className={`text-right num whitespace-nowrap pr-4 xl:pr-5 ${row.parent ? 'text-soft' : 'text-ink font-medium'}`}
              >
                {row.kind === 'not yet' ? (
                  <span className="text-faint">not yet</span>
                ) : (
                  formatDuration(end - row.startMs)
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What the three kinds of bar mean. */
export function WaterfallLegend() {
  return (
    <span className="flex items-center gap-3 text-12 text-soft">
      {[
        ['hatch', 'waiting'],
        ['solid', 'working'],
        ['outline-bar', 'not yet'],
      ].map(([look, word]) => (
        <span key={word} className="inline-flex items-center gap-1.5">
          <i className={`${look} w-4 h-2 rounded-xs`} />
          {word}
        </span>
      ))}
    </span>
  )
}
