'use client'

import { Download, FileArchive, FileJson, FileSpreadsheet } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail } from '#lib/batches/shapes.ts'

/** The rows as a file, also while they are running: what is not there yet says so. */
export function ExportMenu({ batch }: { batch: BatchDetail }) {
  const { api } = useWorkspace()
  const href = (format: string) => `${api}/batches/${batch.id}/export?format=${format}`
  return (
    <Menu
      trigger={
        <Button icon={<Download aria-hidden />}>{batch.finishedAt === null ? 'Export while running' : 'Export'}</Button>
      }
    >
      <MenuItem icon={<FileSpreadsheet aria-hidden />} href={href('csv')} download>
        CSV, for a spreadsheet
      </MenuItem>
      <MenuItem icon={<FileJson aria-hidden />} href={href('jsonl')} download>
        JSON Lines, with results
      </MenuItem>
      <MenuItem icon={<FileArchive aria-hidden />} href={href('zip')} download>
        ZIP, a file for each result
      </MenuItem>
    </Menu>
  )
}
