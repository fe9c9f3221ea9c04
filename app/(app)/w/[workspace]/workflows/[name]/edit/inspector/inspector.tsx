'use client'

import { Copy, Trash2, X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { kindOf, stepsOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import { StepIndexContext, useEditor, useStep } from '../editor-context.ts'
import { KIND_WORDS } from '../step-kinds.ts'
import { StepFields } from './step-fields.tsx'
import { StepFoot } from './step-foot.tsx'
import { WorkflowFields } from './workflow-fields.tsx'

/** The fields of the selected step, or of the workflow when there is none. */
export function Inspector({ onClose }: { onClose: () => void }) {
  const { draft, selected } = useEditor()
  const id = useId()
  return (
    <aside className="min-w-0 flex flex-col min-h-0 bg-sheet flex-1" aria-labelledby={id}>
      {selected === null || stepsOf(draft)[selected] === undefined ? (
        <>
          <div className="flex items-center px-3.5 h-14 border-b border-line shrink-0">
            <h2 id={id} className="text-14">
              Workflow
            </h2>
          </div>
          <Body>
            <WorkflowFields />
          </Body>
        </>
      ) : (
        <StepIndexContext value={selected}>
          <StepHead id={id} onClose={onClose} />
          <Body key={selected}>
            <StepFields />
          </Body>
          <StepFoot />
        </StepIndexContext>
      )}
    </aside>
  )
}

/** Closed to changes as a whole when nothing can be changed. */
function Body({ children }: { children: ReactNode }) {
  const { locked } = useEditor()
  return (
    <fieldset
      id="step-fields"
      disabled={locked !== null}
      className="flex flex-col gap-4 p-3.5 flex-1 min-w-0 fit-pane md:max-xl:grid md:max-xl:grid-cols-2 md:max-xl:gap-x-5 md:max-xl:items-start"
    >
      <legend className="sr">Fields</legend>
      {children}
    </fieldset>
  )
}

function StepHead({ id, onClose }: { id: string; onClose: () => void }) {
  const { edit, locked } = useEditor()
  const { step, index, name } = useStep()
  const kind = kindOf(step)
  return (
    <div className="flex items-center gap-2.5 px-3.5 h-14 border-b border-line shrink-0">
      <span className="size-8 rounded-md grid place-items-center bg-accent text-on-accent shrink-0">
        {kind === null ? null : <StepIcon step={{ kind, worker: textOf(step, 'worker') }} />}
      </span>
      <div className="min-w-0">
        <h2 id={id} className="text-14 leading-5 truncate">
          {titleOf(step)}
        </h2>
        <p className="text-12 text-soft truncate">
          {kind === null ? 'Unknown kind' : KIND_WORDS[kind].word} · <span className="mono">{name || 'no name'}</span>
        </p>
      </div>
      <span className="ml-auto flex">
        <IconButton
          size="sm"
          label="Duplicate step"
          icon={<Copy aria-hidden />}
          disabledReason={locked}
          onClick={() => edit({ do: 'duplicate', index })}
        />
        <IconButton
          size="sm"
          label="Delete step"
          icon={<Trash2 aria-hidden />}
          disabledReason={locked}
          onClick={() => edit({ do: 'remove', index })}
        />
        <IconButton size="sm" label="Close inspector" icon={<X aria-hidden />} onClick={onClose} />
      </span>
    </div>
  )
}
