'use client'

import { AlignLeft, Braces, Copy, Download, FileCode } from 'lucide-react'
import { copyText } from '#app/_ui/clipboard.ts'
import { Button } from '#app/_ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'

/** Takes the result along: as text, as Markdown or as JSON. */
export function ResultMenu({ task }: { task: TaskDetail }) {
  const workspace = useWorkspace()
  async function copy(what: string, text: string | Promise<string>) {
    if (await copyText(await text)) notify(`${what} copied`)
    else notify('The browser refused to copy. Download the JSON instead.', { kind: 'failed' })
  }
  const { worker, result, info } = task
  return (
    <Menu
      label="Copy or download the result"
      trigger={
        <Button
          kind="ghost"
          size="sm"
          className="btn-icon"
          title="Copy or download the result"
          icon={<Copy aria-hidden />}
          onPointerEnter={() => void writing()}
          onFocus={() => void writing()}
        />
      }
    >
      <MenuItem
        icon={<AlignLeft aria-hidden />}
        onSelect={() =>
          void copy(
            'Text',
            writing().then(({ resultText }) => resultText(worker, result, info)),
          )
        }
      >
        Copy as text
      </MenuItem>
      <MenuItem
        icon={<FileCode aria-hidden />}
        onSelect={() =>
          void copy(
            'Markdown',
            writing().then(({ resultMarkdown }) => resultMarkdown(worker, result, info)),
          )
        }
      >
        Copy as Markdown
      </MenuItem>
      <MenuItem icon={<Braces aria-hidden />} onSelect={() => void copy('JSON', JSON.stringify(result, null, 2))}>
        Copy as JSON
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Download aria-hidden />}
        href={`${workspace.api}/tasks/${task.id}`}
        download={`task-${task.id}.json`}
      >
        Download JSON
      </MenuItem>
    </Menu>
  )
}

/** Comes with the whole catalogue, so it is loaded when somebody reaches for it. */
function writing() {
  return import('#lib/workers/markdown.ts')
}
