'use client'

import { CopyButton } from '../copy-button.tsx'
import { Dialog } from '../dialog.tsx'
import { ModelHelp } from './model-help.tsx'
import { ShortcutList, SingleKeysSwitch } from './shortcut-list.tsx'

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
