'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowUpRight, RotateCcw } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type SyntheticEvent, useId, useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { useLiveMessages } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { pageWords } from '#lib/workflows/part-pages.ts'
import { stepWord } from '#lib/workflows/report/words.ts'
import type { BoardStep, RunBoard, RunItem } from '#lib/workflows/shapes.ts'
import { retryThisTask } from '../../../../tasks/[id]/actions.ts'
import { useCoalesced } from '../use-coalesced.ts'
import { markLook } from '../../../step-badge.tsx'
import { countsOfItems, countWords } from './stack-counts.ts'
import { useStepContent } from './use-step-content.ts'

/** So many cells share the width; more have one of their own and break into rows. */
const IN_ONE_ROW = 60
/** From here on reading them all again takes its time. */
const MANY = 200

type Props = { run: RunBoard; step: BoardStep }

/** A cell for each part of a list: hatched while it waits, solid from when it works. Pointing at one names it. */
export function ItemStrip({ run, step }: Props) {
  const workspace = useWorkspace()
  const { path } = workspace
  const router = useRouter()
  const client = useQueryClient()
  const id = useId()
  const { data } = useStepContent(run.id, step)
  const [active, setActive] = useState<number | null>(null)
  const items = data?.items ?? []
  // The run does not name the tasks of its items, so it does not hear of them by itself.
  const refresh = useCoalesced(
    () => void client.invalidateQueries({ queryKey: queryKeys.run(workspace.id, run.id) }),
    items.length > MANY ? 2_000 : 700,
  )
  useLiveMessages((message) => {
    if (message.kind === 'task' && items.some(({ taskId }) => taskId === message.event.taskId)) refresh()
  })
  const shown = active === null ? undefined : items[active]

  function open(index: number | null) {
    const task = index === null ? null : items[index]?.taskId
    if (task) router.push(path(`/tasks/${task}`) as Route)
  }
  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') return open(active)
    const next = MOVES[event.key]?.(active ?? -1, items.length)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setActive(next)
  }
  return (
    <section
      aria-label={`Parts of ${step.title}`}
      className="shrink-0 px-4 md:px-5 xl:px-6 py-2.5 border-b border-line grid gap-1.5"
    >
      <p className="flex items-baseline gap-2 text-12 min-w-0">
        <span className="font-medium truncate">{step.title}</span>
        <span className="num text-soft whitespace-nowrap">{countWords(countsOfItems(step.itemCounts))}</span>
      </p>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot draw its options as cells
        role="listbox"
        aria-label={`${step.title}, part by part`}
        aria-activedescendant={active === null ? undefined : `${id}-${active}`}
        tabIndex={0}
        className="grid gap-0.5 max-h-24 overflow-y-auto rounded-xs outline-offset-2 cursor-pointer"
        style={{
          gridTemplateColumns:
            items.length <= IN_ONE_ROW
              ? `repeat(${items.length}, minmax(0, 1fr))`
              : 'repeat(auto-fill, minmax(10px, 1fr))',
        }}
        onKeyDown={press}
        onFocus={() =>
          setActive(
            (held) =>
              held ??
              Math.max(
                0,
                items.findIndex(({ status }) => status === 'failed'),
              ),
          )
        }
        onPointerMove={(event) => setActive((held) => cellAt(event) ?? held)}
        onClick={(event) => open(cellAt(event))}
      >
        {items.map((item, index) => (
          <span
            key={item.item}
            id={`${id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
            role="option"
            data-cell={index}
            aria-selected={index === active}
            aria-label={`${nameOf(item)}: ${stepWord(item.status, null)}`}
            className={`${markLook(item.status)} block h-3 rounded-xs min-w-0 ${index === active ? 'outline-2 -outline-offset-1 outline-ink' : ''}`}
          />
        ))}
      </div>
      {shown ? <Named key={shown.item} run={run} item={shown} /> : <Hint count={items.length} />}
    </section>
  )
}

/** The part that is pointed at, and what can be done about it. */
function Named({ run, item }: { run: RunBoard; item: RunItem }) {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const { taskId, status } = item

  async function retry(task: string) {
    setBusy(true)
    setError(null)
    const answer = await runAction(() => retryThisTask(workspace.slug, { id: task }))
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    await client.invalidateQueries({ queryKey: queryKeys.run(workspace.id, run.id) })
    notify('This part goes back to the queue; the others stay')
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 min-h-7 text-12 min-w-0">
        <p className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]" aria-live="polite">
          <span className="font-medium">{nameOf(item)}</span>{' '}
          <span className="text-soft">
            {stepWord(status, null)}
            {item.error ? `: ${item.error.message}` : ''}
          </span>
        </p>
        {taskId !== null && (status === 'failed' || status === 'cancelled') ? (
          <Button
            size="sm"
            icon={<RotateCcw aria-hidden />}
            busy={busy}
            disabledReason={workspace.whyNot('task.retry')}
            onClick={() => void retry(taskId)}
          >
            Retry this part
          </Button>
        ) : null}
        {taskId === null ? null : (
          <ButtonLink size="sm" icon={<ArrowUpRight aria-hidden />} href={workspace.path(`/tasks/${taskId}`)}>
            Open
          </ButtonLink>
        )}
      </div>
      {error ? <ActionNote error={error} /> : null}
    </>
  )
}

function Hint({ count }: { count: number }) {
  return (
    <p className="min-h-7 flex items-center text-12 text-soft">
      {count === 0 ? 'The parts are read.' : 'Point at a part, or walk them with the arrow keys, to see which it is.'}
    </p>
  )
}

function cellAt({ target }: SyntheticEvent): number | null {
  const cell = target instanceof HTMLElement ? target.dataset['cell'] : undefined
  return cell === undefined ? null : Number(cell)
}

/** `Part 3: Foundry Viaduct, pages 22–23`, as far as that is known. */
function nameOf({ item, label, pages }: RunItem): string {
  const named = label === `Part ${item}` || label === `Item ${item}` ? label : `${item}. ${label}`
  return pages === null ? named : `${named}, ${pageWords(pages)}`
}

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => Math.min(at + 1, count - 1),
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  ArrowUp: (at) => Math.max(at - 1, 0),
  PageDown: (at, count) => Math.min(at + 10, count - 1),
  PageUp: (at) => Math.max(at - 10, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
}
