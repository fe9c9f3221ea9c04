'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState } from 'react'
import type { TaskPage } from '#lib/tasks/shapes.ts'
import { fetchJson } from '../fetch-json.ts'
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
  const router = useRouter()
  const workspace = useWorkspace()
  const [words, setWords] = useState(typed)
  const found = useTaskCommands(words)
  const shown = [...matchingGroups(groups, words), ...found]
  function choose(command: Command) {
    onClose()
    if (command.href) router.push(command.href as Route)
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
        <Autocomplete.Empty>
          <p className="px-2.5 py-6 text-soft empty:hidden">
            {words.trim() === '' ? null : `Nothing has "${words.trim()}" in its name or text.`}
          </p>
        </Autocomplete.Empty>
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
      </div>
    </Autocomplete.Root>
  )
}

/** At once, so that no letter falls between two fields. */
function focus(input: HTMLInputElement | null) {
  input?.focus()
}

/** Tasks whose text, title or result has the words; an id jumps straight to its task. */
function useTaskCommands(words: string): CommandGroup[] {
  const workspace = useWorkspace()
  const search = useDeferredValue(words.trim())
  const isId = UUID.test(search)
  const { data } = useQuery({
    queryKey: [...queryKeys.tasks(workspace.id), 'palette', search],
    queryFn: async ({ signal }) => {
      await pause(200, signal)
      const query = new URLSearchParams({ search, limit: '6' })
      return fetchJson<TaskPage>(`${workspace.api}/tasks?${query}`, signal)
    },
    enabled: search.length >= 2 && !isId,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (isId)
    return [
      { value: 'Tasks', items: [{ id: search, label: `Task ${search}`, href: workspace.path(`/tasks/${search}`) }] },
    ]
  if (search.length < 2 || !data || data.items.length === 0) return []
  return [
    {
      value: 'Tasks',
      items: data.items.map((task) => ({
        id: task.id,
        label: task.title,
        note: statusWord(task.status, task.reason),
        icon: <StatusIcon status={task.status} />,
        href: workspace.path(`/tasks/${task.id}`),
      })),
    },
  ]
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
