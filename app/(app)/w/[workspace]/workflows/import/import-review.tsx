'use client'

import { CircleCheck, CircleX, Download } from 'lucide-react'
import { useId } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { formatQuantity } from '#app/_ui/format.ts'
import { Input } from '#app/_ui/input.tsx'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { ImportCheck, LineIssue, NameTaken } from '#lib/workflows/stored/shapes.ts'
import { MiniGraph } from '../mini-graph.tsx'
import { type ImportFile, isName, type Target } from './import-file.ts'

type Props = {
  file: ImportFile
  check: ImportCheck
  target: Target | null
  onTarget: (target: Target) => void
}

/** Beyond this many a picture of a finger's breadth shows nothing. */
const MOST_DRAWN = 60

/** What is in the file, what is wrong with it, and as what it is stored. */
export function ImportReview({ file, check, target, onTarget }: Props) {
  if (!check.readable)
    return (
      <Note tone="failed" alert title="This cannot be read as a workflow, so nothing was stored">
        <Issues issues={check.issues} text={file.text} />
      </Note>
    )
  const { title, summary, steps, issues } = check
  return (
    <>
      <div className="panel overflow-hidden">
        <div className="px-3.5 py-3">
          <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
          <p className="text-12 text-soft mt-0.5 [overflow-wrap:anywhere]">{summary}</p>
        </div>
        {steps.length > 0 && steps.length <= MOST_DRAWN ? (
          <div className="bg-well border-t border-line">
            <MiniGraph steps={steps} />
          </div>
        ) : null}
        <div className="border-t border-line px-3.5 py-3" aria-live="polite">
          {issues.length === 0 ? (
            <p className="flex gap-2 text-completed-fg">
              <CircleCheck className="i-sm mt-0.5 shrink-0" aria-hidden />
              {formatQuantity(steps.length, 'step')}, nothing to correct
            </p>
          ) : (
            <>
              <p className="font-medium mb-2">
                {formatQuantity(issues.length, 'thing')} to correct before it can be published
              </p>
              <Issues issues={issues} text={file.text} />
            </>
          )}
        </div>
      </div>
      <Destination check={check} target={target} onTarget={onTarget} />
    </>
  )
}

const MOST_ISSUES = 8

function Issues({ issues, text }: { issues: readonly LineIssue[]; text: string }) {
  const lines = text.split('\n')
  return (
    <>
      <ul className="grid gap-2">
        {issues.slice(0, MOST_ISSUES).map(({ path, message, line }) => (
          <li key={`${path} ${message}`} className="flex gap-2 text-13 min-w-0">
            <CircleX className="i-sm mt-0.5 shrink-0 text-failed-fg" aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {line === null ? null : <b className="font-medium">Line {line}: </b>}
              {message}
              {line === null ? null : <code className="mono text-12 text-soft block">{shown(lines[line - 1])}</code>}
            </span>
          </li>
        ))}
      </ul>
      {issues.length > MOST_ISSUES ? (
        <p className="text-12 text-soft mt-2">and {issues.length - MOST_ISSUES} more, all of them in the editor</p>
      ) : null}
    </>
  )
}

function shown(line = ''): string {
  const trimmed = line.trim()
  return trimmed.length > 80 ? `${trimmed.slice(0, 80)} …` : trimmed
}

function Destination({
  check,
  target,
  onTarget,
}: Omit<Props, 'file' | 'check'> & { check: Extract<ImportCheck, { readable: true }> }) {
  const group = useId()
  const { taken, name, free } = check
  const fresh = target !== null && 'name' in target ? target.name : null
  const field = (
    <Field
      label="Name"
      note="in its address"
      error={fresh === null || isName(fresh) ? null : 'Use small letters, digits and hyphens, beginning with a letter.'}
    >
      <Input
        className="mono"
        spellCheck={false}
        maxLength={60}
        value={fresh ?? free}
        onChange={(event) => onTarget({ name: event.target.value.trim() })}
      />
    </Field>
  )
  if (!taken) return field
  if (taken.by !== 'workflow')
    return (
      <div className="grid gap-3">
        <p>
          {taken.by === 'template'
            ? `"${name}" is the name of a template.`
            : `An archived workflow is named "${name}".`}{' '}
          It is imported under another one.
        </p>
        {field}
      </div>
    )
  return (
    <fieldset className="grid gap-3 min-w-0">
      <legend className="font-medium mb-2">There is a workflow named “{name}” already</legend>
      <label className="flex items-start gap-2">
        <input
          type="radio"
          className="mt-1 accent-(--accent)"
          name={group}
          checked={fresh !== null}
          onChange={() => onTarget({ name: free })}
        />
        <span>Import it as a new workflow</span>
      </label>
      {fresh === null ? null : <div className="pl-6">{field}</div>}
      <label className="flex items-start gap-2 min-w-0">
        <input
          type="radio"
          className="mt-1 accent-(--accent)"
          name={group}
          checked={fresh === null}
          onChange={() => onTarget({ draftOf: { name, revision: taken.revision } })}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          Import it as the draft of “{taken.title}”
          <span className="block text-12 text-soft">
            {taken.version === null ? 'It has no version yet.' : `Version ${taken.version} goes on running.`}
          </span>
        </span>
      </label>
      {fresh === null && taken.changed ? <Replaced name={name} taken={taken} /> : null}
    </fieldset>
  )
}

/** A draft has no history, so it is offered to be kept. */
function Replaced({ name, taken }: { name: string; taken: Extract<NameTaken, { by: 'workflow' }> }) {
  const { api } = useWorkspace()
  return (
    <Note
      tone="blocked"
      title="Its draft has changes that are not published, and they are replaced"
      actions={
        <a className="btn btn-secondary btn-sm" href={`${api}/workflows/${name}/export?of=draft`} download>
          <Download aria-hidden />
          Keep that draft as a file
        </a>
      }
    >
      Saved by {taken.savedBy}, <DateTime at={taken.savedAt} />.
    </Note>
  )
}
