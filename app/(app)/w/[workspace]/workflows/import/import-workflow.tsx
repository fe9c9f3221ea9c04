'use client'

import { FileUp } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useDroppedFiles } from '#app/_ui/dropped-files.ts'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Note } from '#app/_ui/note.tsx'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { ImportCheck } from '#lib/workflows/stored/shapes.ts'
import { checkThisImport, importThisWorkflow } from '../actions.ts'
import { ImportReview } from './import-review.tsx'
import { firstTarget, type ImportFile, readFile, type Target, whyNotImport } from './import-file.ts'

type Looked = { file: ImportFile; check: ImportCheck; target: Target | null }

/** Takes a workflow over from a file: dropped on the page or chosen, looked at, and only then stored. */
export function ImportWorkflow() {
  const { slug, path, whyNot } = useWorkspace()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState<'check' | 'import' | null>(null)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [refused, setRefused] = useState<ActionError | null>(null)
  const refusal = whyNot('workflow.change')
  const over = useDroppedFiles((files) => void take(files), refusal === null)

  async function take(files: readonly File[]) {
    setOpen(true)
    setProblem(null)
    const read = await readFile(files)
    if (typeof read === 'string') return setProblem(read)
    await look(read)
  }

  async function look(file: ImportFile) {
    setBusy('check')
    setRefused(null)
    setLooked(null)
    const answer = await runAction(() => checkThisImport(slug, { text: file.text, fileName: file.name }))
    setBusy(null)
    if (answer.ok) setLooked({ file, check: answer.data, target: firstTarget(answer.data) })
    else setRefused(answer.error)
  }

  async function store({ file, check, target }: Looked) {
    setBusy('import')
    setRefused(null)
    const answer = await runAction(() =>
      importThisWorkflow(slug, { text: file.text, ...target, incomplete: check.issues.length > 0 }),
    )
    setBusy(null)
    if (answer.ok) router.push(path(`/workflows/${answer.data.name}/edit`) as Route)
    else setRefused(answer.error)
  }

  function close() {
    setOpen(false)
    setLooked(null)
    setProblem(null)
    setRefused(null)
  }

  return (
    <>
      <Button icon={<FileUp aria-hidden />} disabledReason={refusal} onClick={() => setOpen(true)}>
        Import YAML
      </Button>
      <Dialog
        open={open}
        onClose={close}
        wide
        title="Import a workflow"
        description="A file in YAML or JSON, as Export writes it. It is looked at first; nothing is stored until you say so."
        footer={
          <>
            <Button kind="ghost" onClick={close}>
              Cancel
            </Button>
            <Button
              kind="primary"
              busy={busy === 'import'}
              disabledReason={whyNotImport(looked)}
              onClick={() => (looked ? void store(looked) : undefined)}
            >
              {looked?.check.readable && looked.check.issues.length > 0 ? 'Import and correct it there' : 'Import'}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <Chooser over={over} file={looked?.file ?? null} onFiles={(files) => void take(files)} />
          {problem ? <Note tone="failed" alert title={problem} /> : null}
          {busy === 'check' ? (
            <SkeletonPage label="Looking at the file">
              <Skeleton className="h-40 w-full rounded-md" />
            </SkeletonPage>
          ) : null}
          {looked ? (
            <ImportReview
              file={looked.file}
              check={looked.check}
              target={looked.target}
              onTarget={(target) => setLooked({ ...looked, target })}
            />
          ) : null}
          {refused ? (
            <ActionNote
              error={refused}
              actions={
                looked ? (
                  <Button size="sm" onClick={() => void look(looked.file)}>
                    Look again
                  </Button>
                ) : null
              }
            />
          ) : null}
        </div>
      </Dialog>
    </>
  )
}

function Chooser({
  over,
  file,
  onFiles,
}: {
  over: boolean
  file: ImportFile | null
  onFiles: (files: File[]) => void
}) {
  return (
    <label
      className={`relative flex items-center gap-3 rounded-lg border border-dashed px-4 py-4 cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ring) ${over ? 'border-accent bg-accent-soft' : 'border-control bg-well hover:border-soft'}`}
    >
      <FileUp className="i text-accent-text shrink-0" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {over ? 'Drop it here' : file ? `${file.name}. Choose another file` : 'Choose a file, drop or paste it'}
        <span id="import-limits" className="block text-12 text-soft">
          .yaml, .yml or .json in UTF-8, up to 500 kB.
        </span>
      </span>
      <input
        type="file"
        accept=".yaml,.yml,.json,application/yaml,application/json"
        aria-label="Choose a workflow's file"
        aria-describedby="import-limits"
        className="absolute inset-0 size-full opacity-0 cursor-pointer"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
      />
    </label>
  )
}
