'use client'

import { Ban, Download, RotateCcw, SquareCheck, X } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatQuantity } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import type { TaskCount } from '#lib/tasks/shapes.ts'
import type { BulkAction, Selection } from './selection.ts'

/** What can be done with the selection; each button says how many of it it applies to. */
export function BulkBar({
  selection,
  total,
  cancellable,
  retryable,
  reasons,
  exportHrefs,
  onSelectAll,
  onClear,
  onAct,
}: {
  selection: Selection
  /** All tasks that match the filters. */
  total: TaskCount | null
  /** Null = only the server can count; the confirmation says how many. */
  cancellable: number | null
  retryable: number | null
  /** Why this person may not; null when they may. */
  reasons: Record<BulkAction, string | null>
  exportHrefs: { csv: string; jsonl: string } | null
  onSelectAll: () => void
  onClear: () => void
  onAct: (action: BulkAction) => void
}) {
  const all = selection.kind === 'all'
  const count = all ? (total?.count ?? null) : selection.ids.size
  const mayHaveMore = !all && total !== null && (total.count > selection.ids.size || !total.exact)
  return (
    <div
      role="toolbar"
      data-focus-next="task-list results"
      aria-label="Actions for the selected tasks"
      className="max-md:hidden flex flex-wrap items-center gap-x-3 gap-y-2 pl-5 xl:pl-6 pr-3 min-h-12 py-2 border-t border-line-strong bg-raised relative z-10"
    >
      <output className="inline-flex items-center gap-2 font-medium num">
        <SquareCheck className="i text-accent-text" aria-hidden />
        {all ? `All ${totalWords(total)} selected` : `${formatCount(count)} selected`}
      </output>
      {mayHaveMore ? (
        <button type="button" className="link text-12 font-medium h-6" onClick={onSelectAll}>
          Select all {totalWords(total)} matching
        </button>
      ) : null}
      <span className="ml-auto flex items-center gap-1.5">
        <Button
          size="sm"
          icon={<Ban className="i-sm" aria-hidden />}
          disabledReason={reasons.cancel ?? (cancellable === 0 ? 'None of the selected tasks is open' : null)}
          onClick={() => onAct('cancel')}
        >
          Cancel <Applies count={cancellable} />
        </Button>
        <Button
          size="sm"
          icon={<RotateCcw className="i-sm" aria-hidden />}
          disabledReason={
            reasons.retry ?? (retryable === 0 ? 'None of the selected tasks failed, was cancelled or is blocked' : null)
          }
          onClick={() => onAct('retry')}
        >
          Retry <Applies count={retryable} />
        </Button>
        {exportHrefs === null ? (
          <Button size="sm" icon={<Download className="i-sm" aria-hidden />} disabledReason={TOO_MANY_ROWS}>
            Export
          </Button>
        ) : (
          <Menu
            trigger={
              <Button size="sm" icon={<Download className="i-sm" aria-hidden />}>
                Export <Applies count={count} />
              </Button>
            }
          >
            <MenuItem href={exportHrefs.csv} download>
              CSV
            </MenuItem>
            <MenuItem href={exportHrefs.jsonl} download>
              JSON Lines
            </MenuItem>
          </Menu>
        )}
        <IconButton size="sm" label="Clear the selection" icon={<X className="i-sm" aria-hidden />} onClick={onClear} />
      </span>
    </div>
  )
}

const TOO_MANY_ROWS = 'Up to 100 single rows; select all matching to export more'

export function totalWords(total: TaskCount | null): string {
  if (total === null) return ''
  return total.exact ? formatCount(total.count) : `more than ${formatCount(total.count)}`
}

export function tasksWords(total: TaskCount): string {
  return total.exact ? formatQuantity(total.count, 'task') : `more than ${formatCount(total.count)} tasks`
}

function Applies({ count }: { count: number | null }) {
  return count === null ? null : <span className="num text-soft">{formatCount(count)}</span>
}
