'use client'

import { CopyButton } from '#app/_ui/copy-button.tsx'

/** A command to copy; the `$` is not part of it. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className="flex items-center rounded-md border border-line-strong bg-raised min-w-0 pr-1">
      <code className="mono text-13! text-ink px-3 py-1.5 flex-1 min-w-0 overflow-x-auto whitespace-nowrap">
        <span className="text-faint select-none" aria-hidden>
          ${' '}
        </span>
        {command}
      </code>
      <CopyButton text={command} label={`Copy: ${command}`} kind="ghost">
        Copy
      </CopyButton>
    </div>
  )
}
