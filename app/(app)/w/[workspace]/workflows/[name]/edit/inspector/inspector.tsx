'use client'

import { Copy, Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect, useId } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { onDemand } from '#app/_ui/on-demand.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { kindOf, stepsOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import { StepIndexContext, useEditor, useStep } from '../editor-context.ts'
import { KIND_WORDS } from '../step-kinds.ts'
import { StepFoot } from './step-foot.tsx'
import { WorkflowFields } from './workflow-fields.tsx'

// Nothing is selected at first.
const stepFields = onDemand(async () => (await import('./step-fields.tsx')).StepFields)

/** The fields of the selected step, or of the workflow when there is none. `inline`: its head stands above already. */
export function Inspector({ onClose, inline = false }: { onClose: () => void; inline?: boolean }) {
  const { draft, selected } = useEditor()
  const id = useId()
  useEffect(() => stepFields.load(), [])
  return (
    <section
      className={`min-w-0 flex flex-col min-h-0 flex-1 ${inline ? 'border-t border-line' : 'bg-sheet'}`}
      aria-labelledby={id}
    >
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
          <StepHead id={id} inline={inline} onClose={onClose} />
          <Body key={selected}>
            <stepFields.Part wanted props={{}} onFail={onClose} meanwhile={<Skeleton className="h-60" />} />
          </Body>
          <StepFoot />
        </StepIndexContext>
      )}
    </section>
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

function StepHead({ id, inline, onClose }: { id: string; inline: boolean; onClose: () => void }) {
  const { edit, locked } = useEditor()
  const { step, index, name } = useStep()
  const kind = kindOf(step)
  return (
    <div className="flex items-center gap-2.5 px-3.5 h-14 border-b border-line shrink-0">
      {inline ? null : (
        <span className="size-8 rounded-md grid place-items-center bg-accent text-on-accent shrink-0">
          {kind === null ? null : <StepIcon step={{ kind, worker: textOf(step, 'worker') }} />}
        </span>
      )}
      <div className="min-w-0">
        <h2 id={id} className={inline ? 'sr' : 'text-14 leading-5 truncate'}>
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
        {inline ? null : <IconButton size="sm" label="Close inspector" icon={<X aria-hidden />} onClick={onClose} />}
      </span>
    </div>
  )
}
