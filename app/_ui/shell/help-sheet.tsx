'use client'

import { CodeBlock } from '../code-block.tsx'
import { CopyButton } from '../copy-button.tsx'
import { Dialog } from '../dialog.tsx'
import { ShortcutList, SingleKeysSwitch } from './shortcut-list.tsx'

export const MODEL_LINES = `OPENAI_API_KEY=sk-...
# or any server that speaks the same protocol, such as Ollama:
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1
OPENAI_MODEL=gpt-4.1-mini`

/** Keys, and the two things people look for: a model, another worker. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Help and shortcuts" wide>
      <ShortcutList />
      <SingleKeysSwitch className="mt-5" />
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
