'use client'

import { CodeBlock } from '../code-block.tsx'
import { CopyButton } from '../copy-button.tsx'
import { Dialog } from '../dialog.tsx'
import { Kbd } from '../kbd.tsx'
import { useSingleKeys } from '../shortcuts.ts'

const SHORTCUTS = [
  {
    title: 'Everywhere',
    keys: [
      [['⌘K'], 'Search or jump to'],
      [['N'], 'New task'],
      [['?'], 'This sheet'],
      [['Esc'], 'Close what is open'],
    ],
  },
  {
    title: 'New task',
    keys: [
      [['⌘↵'], 'Run the task, also from inside the text'],
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
    title: 'History',
    keys: [
      [['F'], 'Filter'],
      [['J', 'K'], 'Next and previous row'],
      [['↵'], 'Open the row'],
    ],
  },
] as const satisfies readonly { title: string; keys: readonly (readonly [readonly string[], string])[] }[]

export const MODEL_LINES = `OPENAI_API_KEY=sk-...
# or any server that speaks the same protocol, such as Ollama:
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1
OPENAI_MODEL=gpt-4.1-mini`

/** Keys, and the two things people look for: a model, another worker. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [on, setOn] = useSingleKeys()
  return (
    <Dialog open={open} onClose={onClose} title="Help and shortcuts" wide>
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
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-center gap-2 mt-5 max-md:min-h-11">
        <input type="checkbox" className="check" checked={on} onChange={(event) => setOn(event.target.checked)} />
        Single-key shortcuts
      </label>
      <div className="grid gap-5 mt-5 pt-5 border-t border-line">
        <ModelHelp />
        <section aria-label="Start another worker">
          <h3 className="text-13">Start another worker process</h3>
          <p className="text-soft mt-1 flex flex-wrap items-center gap-2">
            In the project's folder, with the same settings:
            <code className="mono text-ink">npm run worker</code>
            <CopyButton text="npm run worker" label="Copy the command" />
          </p>
        </section>
      </div>
    </Dialog>
  )
}

/** The lines that connect a model, with what they do. */
export function ModelHelp() {
  return (
    <section aria-label="Connect a model">
      <h3 className="text-13">Connect an AI model</h3>
      <p className="text-soft mt-1 max-w-[68ch]">
        Add these lines to <code className="mono">.env</code> in the project's folder and start Baton again. Texts then
        go to that server; without them, the built-in engine answers with rules and nothing leaves this machine.
      </p>
      <div className="relative mt-2">
        <CodeBlock label="Lines for .env" className="pr-12 bg-well border border-line rounded-md">
          {MODEL_LINES}
        </CodeBlock>
        <span className="absolute right-1.5 top-1.5">
          <CopyButton text={MODEL_LINES} label="Copy the lines" />
        </span>
      </div>
    </section>
  )
}
