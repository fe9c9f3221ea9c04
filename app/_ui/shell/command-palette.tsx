'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { TaskPage } from '#lib/tasks/shapes.ts'
import { fetchJson } from '../fetch-json.ts'
import { useGo } from '../leave-guard.tsx'
import { queryKeys } from '../query-keys.ts'
import { StatusIcon, statusWord } from '../status-badge.tsx'
import { useWorkspace } from '../workspace.tsx'
import { type Command, type CommandGroup, matchingGroups } from './commands.tsx'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Jumps to pages, workers and tasks; never the only way to anything. */
export function CommandPalette({
  open,
  onClose,
  groups,
  typed,
}: {
  open: boolean
  onClose: () => void
  groups: readonly CommandGroup[]
  /** Words from before it was loaded. */
  typed: string
}) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="float fixed inset-0 z-50 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center overflow-hidden px-3 pt-[12vh] pb-3">
          <Dialog.Popup
            aria-label="Search or jump to"
            className="dialog float flex flex-col w-full max-w-xl max-h-[min(30rem,76dvh)] overflow-hidden outline-none"
          >
            <Palette groups={groups} onClose={onClose} typed={typed} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Palette({
  groups,
  onClose,
  typed,
}: Pick<Parameters<typeof CommandPalette>[0], 'groups' | 'onClose' | 'typed'>) {
  const go = useGo()
  const workspace = useWorkspace()
  const [words, setWords] = useState(typed)
  const tasks = useTaskCommands(words)
  const shown = [...matchingGroups(groups, words), ...tasks.groups]
  function choose(command: Command) {
    onClose()
    if (command.href) go(command.href)
    else command.run?.()
  }
  return (
    <Autocomplete.Root
      open
      inline
      items={shown}
      filter={null}
      value={words}
      onValueChange={setWords}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 px-3.5 border-b border-line">
        <Search className="i text-faint" aria-hidden />
        <Autocomplete.Input
          ref={focus}
          aria-label="Search or jump to"
          className="h-12 w-full bg-transparent text-14 max-md:text-16 outline-none"
          placeholder={`A page, a worker, or words of a task in ${workspace.name}`}
        />
      </div>
      <Dialog.Close className="sr">Close</Dialog.Close>
      <div className="min-h-0 overflow-y-auto p-1.5">
        <Autocomplete.List className="outline-none">
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.value} items={group.items} className="mb-1">
              <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-1 text-12 text-faint">
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: Command) => (
                  <Autocomplete.Item
                    key={command.id}
                    value={command}
                    disabled={command.outdated}
                    onClick={() => choose(command)}
                    className="menu-item h-9 px-2.5! [&>svg]:shrink-0"
                  >
                    {command.icon}
                    <span className="truncate">{command.label}</span>
                    {command.note ? <span className="ml-auto text-12 text-faint shrink-0">{command.note}</span> : null}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        <output className="block px-2.5 text-soft [&>p]:py-2">
          {tasks.state === 'searching' ? <p>Searching the tasks…</p> : null}
          {tasks.state === 'failed' ? (
            <p>
              The tasks could not be searched. {tasks.why}{' '}
              <button type="button" className="link" onClick={tasks.again}>
                Search again
              </button>
            </p>
          ) : null}
          {tasks.state === 'done' && shown.length === 0 ? (
            <p>{`Nothing has "${words.trim()}" in its name or text.`}</p>
          ) : null}
        </output>
      </div>
    </Autocomplete.Root>
  )
}

/** At once, so that no letter falls between two fields. */
function focus(input: HTMLInputElement | null) {
  input?.focus()
}

type Found = { groups: CommandGroup[]; state: 'searching' | 'failed' | 'done'; why: string; again: () => void }

/**
 * Tasks whose text, title or result has the words; an id jumps straight to its task. While other words are searched,
 * those of the words before stay to be seen, not to be chosen.
 */
function useTaskCommands(words: string): Found {
  const workspace = useWorkspace()
  const typed = words.trim()
  const search = useDeferredValue(typed)
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery({
    queryKey: [...queryKeys.tasks(workspace.id), 'palette', search],
    queryFn: async ({ signal }) => {
      await pause(200, signal)
      const query = new URLSearchParams({ search, limit: '6' })
      return fetchJson<TaskPage>(`${workspace.api}/tasks?${query}`, signal)
    },
    enabled: isSearch(search),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const found = { groups: [], why: error?.message ?? '', again: () => void refetch() }
  if (UUID.test(typed)) {
    const items = [{ id: typed, label: `Task ${typed}`, href: workspace.path(`/tasks/${typed}`) }]
    return { ...found, state: 'done', groups: [{ value: 'Tasks', items }] }
  }
  if (!isSearch(typed)) return { ...found, state: 'done' }
  const outdated = search !== typed || isPlaceholderData
  const state = outdated || (isFetching && !data) ? 'searching' : error ? 'failed' : 'done'
  const items = (data?.items ?? []).map((task) => ({
    id: task.id,
    label: task.title,
    note: statusWord(task.status, task.reason),
    icon: <StatusIcon status={task.status} />,
    href: workspace.path(`/tasks/${task.id}`),
    outdated,
  }))
  return { ...found, state, groups: items.length === 0 ? [] : [{ value: 'Tasks', items }] }
}

function isSearch(words: string): boolean {
  return words.length >= 2 && !UUID.test(words)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    })
  })
}
