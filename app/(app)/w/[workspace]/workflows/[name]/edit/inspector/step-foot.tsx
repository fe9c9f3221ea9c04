'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { stepsOf } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'

/** What can be done with the step as a whole. */
export function StepFoot() {
  const { draft, edit, locked } = useEditor()
  const { index } = useStep()
  const count = stepsOf(draft).length
  return (
    <div className="flex items-center gap-2 px-3.5 min-h-12 border-t border-line shrink-0">
      <span className="ml-auto flex items-center text-12 text-soft">
        Step {index + 1} of {count}
        <IconButton
          size="sm"
          label="Move up"
          icon={<ArrowUp aria-hidden />}
          disabledReason={locked ?? (index === 0 ? 'It is the first.' : null)}
          onClick={() => edit({ do: 'move', index, to: index - 1 })}
        />
        <IconButton
          size="sm"
          label="Move down"
          icon={<ArrowDown aria-hidden />}
          disabledReason={locked ?? (index === count - 1 ? 'It is the last.' : null)}
          onClick={() => edit({ do: 'move', index, to: index + 1 })}
        />
      </span>
    </div>
  )
}
