'use client'

import { useState } from 'react'
import type { Sample } from '#lib/workspaces/samples.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'

/** The text that the samples read: a person's document, so it is set in serif. */
export function DocumentPanel({ document }: { document: Sample }) {
  const [open, setOpen] = useState(false)
  const words = formatQuantity(document.text.split(/\s+/).filter(Boolean).length, 'word')
  const paragraphs = document.text.split(/\n+/).filter((paragraph) => paragraph.trim() !== '')
  const pages = paragraphs.map((paragraph, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- paragraphs of a text that never changes
    <p key={index}>{paragraph}</p>
  ))
  return (
    <Panel
      title="Sample document"
      note={`${document.title}, ${words}`}
      end={
        <Button size="sm" kind="ghost" onClick={() => setOpen(true)}>
          Read all of it
        </Button>
      }
    >
      <div
        lang={document.language}
        className="doc px-3.5 pt-3 h-44 overflow-hidden [mask-image:linear-gradient(#000_60%,transparent_94%)]"
      >
        {pages}
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={document.title} wide>
        <div
          lang={document.language}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling text is reached by keyboard
          tabIndex={0}
          className="doc max-h-[60vh] overflow-y-auto"
        >
          {pages}
        </div>
      </Dialog>
    </Panel>
  )
}
