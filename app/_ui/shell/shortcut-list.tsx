'use client'

import { Kbd } from '../kbd.tsx'
import { useModKey } from '../mod-key.ts'
import { useSingleKeys } from '../shortcuts.ts'

const SHORTCUTS = [
  {
    title: 'Everywhere',
    keys: [
      [['mod+K'], 'Search or jump to'],
      [['N'], 'New task'],
      [['?'], 'This sheet'],
      [['Esc'], 'Close what is open'],
    ],
  },
  {
    title: 'New task',
    keys: [
      [['mod+↵'], 'Run the task, also from inside the text'],
      [['←', '→'], 'Move in worker, engine and priority'],
    ],
  },
  {
    title: 'Task',
    keys: [
      [['R'], 'Retry'],
      [['E'], 'Edit and replay'],
      [['C'], 'Cancel'],
      [['↑', '↓'], 'Walk the evidence or the timeline'],
      [['J', 'K'], 'Next and previous task of the list'],
    ],
  },
  {
    title: 'Run of a workflow',
    keys: [
      [['J', 'K'], 'Next and previous step'],
      [['←', '→', '↑', '↓'], 'Walk the graph or the list'],
      [['↵'], 'Open the step'],
      [['A'], 'Open what waits for your decision; once it is open, approve'],
    ],
  },
  {
    title: 'History',
    keys: [
      [['F'], 'Filter'],
      [['J', 'K'], 'Next and previous row'],
      [['↵'], 'Open the row'],
    ],
  },
] as const satisfies readonly { title: string; keys: readonly (readonly [readonly string[], string])[] }[]

export function ShortcutList() {
  const mod = useModKey()
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
      {SHORTCUTS.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="text-13 mb-1.5">{group.title}</h3>
          <dl className="grid gap-1.5">
            {group.keys.map(([keys, what]) => (
              <div key={what} className="flex items-center justify-between gap-3">
                <dt className="text-soft">{what}</dt>
                <dd className="flex gap-1 shrink-0">
                  {keys.map((key) => (
                    <Kbd key={key}>{key.replace('mod+', mod)}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

/** Single keys get in the way of speech input and some assistive tools: they can be switched off. */
export function SingleKeysSwitch({ className = '' }: { className?: string }) {
  const [on, setOn] = useSingleKeys()
  return (
    <label className={`flex items-center gap-2 min-h-6 max-md:min-h-11 ${className}`}>
      <input type="checkbox" className="check" checked={on} onChange={(event) => setOn(event.target.checked)} />
      Single-key shortcuts
    </label>
  )
}
