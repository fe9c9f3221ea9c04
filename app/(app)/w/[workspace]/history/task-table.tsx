'use client'

import { ArrowDown } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { MouseEvent } from 'react'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { Row } from './merge-rows.ts'
import { asideOf } from './rows.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Matches, TaskBar, TaskCost, TaskTokens, TaskTotal, Who } from './task-values.tsx'

export type RowsProps = {
  rows: readonly Row[]
  scaleMs: number
  search: string
  titleOf: (worker: string) => string
  hrefOf: (task: TaskSummary) => string
}

type TableProps = RowsProps & {
  peekId: string | null
  selected: (id: string) => boolean
  allSelected: boolean
  someSelected: boolean
  onSelect: (id: string) => void
  onSelectShown: (on: boolean) => void
  onPeek: (id: string) => void
  onCursor: (id: string) => void
}

// The table adapts to its own width, which the peek beside it changes.
const WIDE = 'hidden @min-[52rem]:table-cell'
const WIDER = 'hidden @min-[62rem]:table-cell'

/** One row a task; the whole row is its link, a plain click previews it. */
export function TaskTable(props: TableProps) {
  const { rows, allSelected, someSelected, onSelectShown } = props
  return (
    <table className="table table-fixed [&_td]:px-1.5 [&_th]:px-1.5 [&_.st]:align-middle [&_th]:sticky [&_th]:top-0 [&_th]:z-5">
      <caption className="sr">Tasks that match the filters, newest first</caption>
      <colgroup>
        <col className="w-10 xl:w-[46px]" />
        <col className="w-[118px]" />
        <col />
        <col className="w-[120px] @min-[52rem]:w-[132px]" />
        <col className="w-[76px]" />
        <col className="w-[74px]" />
        <col className="w-[60px] hidden @min-[52rem]:table-column" />
        <col className="w-[68px] hidden @min-[62rem]:table-column" />
        <col className="w-[108px] @min-[52rem]:w-[112px]" />
        <col className="w-[48px] hidden @min-[52rem]:table-column" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className="pl-5! xl:pl-6!">
            <input
              type="checkbox"
              className="check align-middle"
              aria-label={`Select all ${rows.length} shown`}
              checked={allSelected}
              ref={(box) => {
                if (box) box.indeterminate = someSelected && !allSelected
              }}
              onChange={() => onSelectShown(!allSelected)}
            />
          </th>
          <th scope="col">Status</th>
          <th scope="col">Task</th>
          <th scope="col">Worker</th>
          <th scope="col">Wait, work</th>
          <th scope="col" className="r">
            Total
          </th>
          <th scope="col" className={`r ${WIDE}`}>
            Tokens
          </th>
          <th scope="col" className={`r ${WIDER}`}>
            Cost
          </th>
          <th scope="col" className="r pr-3!" aria-sort="descending">
            <span className="inline-flex items-center gap-0.5 text-ink" title="Newest first">
              Submitted
              <ArrowDown className="i-sm" aria-hidden />
            </span>
          </th>
          <th scope="col" className={`text-right! pr-3! ${WIDE}`}>
            Who
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((task) => (
          <TaskRow key={task.id} task={task} {...props} />
        ))}
      </tbody>
    </table>
  )
}

function TaskRow({
  task,
  scaleMs,
  search,
  titleOf,
  hrefOf,
  peekId,
  selected,
  onSelect,
  onPeek,
  onCursor,
}: TableProps & { task: Row }) {
  const checked = selected(task.id)
  const aside = asideOf(task)
  function open(event: MouseEvent) {
    // A key press (detail 0) and a modified click follow the link.
    if (event.detail === 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    if (event.detail === 2) return
    event.preventDefault()
    onPeek(task.id)
  }
  return (
    // The row's link does the same by keyboard; a click beside it, on a time or a name, is not lost.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr
      aria-selected={peekId === task.id}
      data-task={task.id}
      onClick={(event) => {
        if (!(event.target instanceof Element && event.target.closest('a, input'))) onPeek(task.id)
      }}
      className={`relative ${checked && peekId !== task.id ? '[&>td]:bg-well' : ''}`}
    >
      <td className="pl-5! xl:pl-6!">
        <input
          type="checkbox"
          className="check align-middle relative z-1"
          aria-label={`Select ${task.title}`}
          checked={checked}
          onChange={() => onSelect(task.id)}
        />
      </td>
      <td>
        <StatusBadge status={task.status} reason={task.reason} look="plain" />
      </td>
      <td className="truncate">
        <Link
          id={`row-${task.id}`}
          href={hrefOf(task) as Route}
          prefetch={false}
          className="row-a after:absolute after:inset-0"
          title={task.title}
          onClick={open}
          onFocus={() => onCursor(task.id)}
        >
          <Matches text={task.title} search={search} />
        </Link>
        {aside === null ? null : (
          <span
            className={`ml-2 ${aside.kind === 'error' ? 'text-12 text-failed-fg' : 'font-serif text-soft'}`}
            dir="auto"
          >
            <Matches text={aside.text} search={search} />
          </span>
        )}
      </td>
      <td className="text-soft text-12 truncate">{titleOf(task.worker)}</td>
      <td>
        <TaskBar task={task} readAt={task.readAt} scaleMs={scaleMs} />
      </td>
      <td className="r">
        <TaskTotal task={task} readAt={task.readAt} />
      </td>
      <td className={`r text-soft ${WIDE}`}>
        <TaskTokens task={task} />
      </td>
      <td className={`r text-soft ${WIDER}`}>
        <TaskCost task={task} />
      </td>
      <td className="r text-soft pr-3!">
        <span className="relative z-1">
          <DateTime at={task.createdAt} look="short" />
        </span>
      </td>
      <td className={`text-right pr-3! ${WIDE}`}>
        <span className="relative z-1">
          <Who by={task.submittedBy} />
        </span>
      </td>
    </tr>
  )
}
