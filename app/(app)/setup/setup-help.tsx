'use client'

import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { HelpSheet } from '#app/_ui/shell/help-sheet.tsx'

export function SetupHelp() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Help and shortcuts" icon={<CircleQuestionMark aria-hidden />} onClick={() => setOpen(true)} />
      <HelpSheet open={open} onClose={() => setOpen(false)} />
    </>
  )
}
