'use client'

import { Search } from 'lucide-react'
import { useState } from 'react'
import { onDemand } from '../on-demand.tsx'
import type { CommandGroup } from './commands.tsx'

const palette = onDemand(async () => (await import('./command-palette.tsx')).CommandPalette)
const help = onDemand(async () => (await import('./help-sheet.tsx')).HelpSheet)

export const loadPalette = palette.load
export const loadHelp = help.load

/** Takes words from the first moment on: what is typed before the palette is loaded stands in it then. */
export function Palette({
  open,
  onClose,
  groups,
}: {
  open: boolean
  onClose: () => void
  groups: readonly CommandGroup[]
}) {
  const [typed, setTyped] = useState('')
  function close() {
    setTyped('')
    onClose()
  }
  return (
    <palette.Part
      wanted={open}
      onFail={close}
      props={{ open, onClose: close, groups, typed }}
      meanwhile={open ? <PaletteToCome typed={typed} onType={setTyped} onClose={close} /> : null}
    />
  )
}

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  return <help.Part wanted={open} onFail={onClose} props={{ open, onClose }} />
}

function PaletteToCome({
  typed,
  onType,
  onClose,
}: {
  typed: string
  onType: (words: string) => void
  onClose: () => void
}) {
  return (
    <div className="fixed inset-0 z-50 bg-scrim flex items-start justify-center px-3 pt-[12vh]">
      <dialog
        open
        aria-label="Search or jump to"
        aria-busy
        className="dialog static m-0 p-0 w-full max-w-xl overflow-hidden text-ink"
      >
        <div className="flex items-center gap-2.5 px-3.5 border-b border-line">
          <Search className="i text-faint" aria-hidden />
          <input
            ref={focus}
            aria-label="Search or jump to"
            className="h-12 w-full bg-transparent text-14 max-md:text-16 outline-none"
            value={typed}
            onChange={(event) => onType(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onClose()
            }}
          />
        </div>
      </dialog>
    </div>
  )
}

function focus(input: HTMLInputElement | null) {
  input?.focus()
}
