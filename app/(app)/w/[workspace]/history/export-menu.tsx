'use client'

import { Download, FileJson, FileSpreadsheet, Terminal } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { copyText } from '#app/_ui/clipboard.ts'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { curlFor } from './curl.ts'

/** The list as a file, or as the command that asks the API for the same. */
export function ExportMenu({
  hrefs,
  apiPath,
  amount,
}: {
  hrefs: { csv: string; jsonl: string }
  apiPath: string
  amount: string | null
}) {
  async function copyCurl() {
    const copied = await copyText(curlFor(apiPath))
    notify(copied ? 'cURL command copied; it reads the key from $BATON_API_KEY' : 'The browser refused to copy', {
      kind: copied ? 'done' : 'failed',
    })
  }
  return (
    <Menu
      trigger={
        <Button icon={<Download className="i" aria-hidden />} title={amount === null ? undefined : `Export ${amount}`}>
          Export
        </Button>
      }
    >
      <MenuItem icon={<FileSpreadsheet aria-hidden />} href={hrefs.csv} download>
        CSV, for a spreadsheet
      </MenuItem>
      <MenuItem icon={<FileJson aria-hidden />} href={hrefs.jsonl} download>
        JSON Lines, with results
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Terminal aria-hidden />} onSelect={() => void copyCurl()}>
        Copy as cURL
      </MenuItem>
    </Menu>
  )
}
