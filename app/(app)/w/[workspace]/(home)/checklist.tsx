'use client'

import { CircleCheck, CircleDashed, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { IconButton } from '#app/_ui/icon-button.tsx'
import type { ChecklistSteps } from './state.ts'

/** Ticks by itself; a step that is not this person's to do is left out. */
export function Checklist({
  steps,
  path,
  onDismissChecklist,
}: {
  steps: ChecklistSteps
  path: (rest?: string) => string
  onDismissChecklist: () => void
}) {
  const all = [
    { name: 'Run a sample', done: steps.sample, href: '#samples' },
    { name: 'Run a text of your own', done: steps.ownText, href: path('/tasks/new') },
    { name: 'Make an API key', done: steps.key, href: path('/api-keys') },
    { name: 'Connect a model', done: steps.model, href: '/setup' },
  ].filter((step): step is { name: string; done: boolean; href: string } => step.done !== null)
  const done = all.filter((step) => step.done).length
  return (
    <section className="panel" aria-labelledby="getting-started">
      <div className="panel-h">
        <h2 id="getting-started">Getting started</h2>
        <span className="tag num">
          {done} of {all.length}
        </span>
        <span className="end">
          <IconButton
            size="sm"
            label="Dismiss the checklist"
            icon={<X className="i-sm" aria-hidden />}
            onClick={onDismissChecklist}
          />
        </span>
      </div>
      <ul className="p-2">
        {all.map((step) => (
          <li key={step.name} className="flex items-center gap-2 min-h-8 max-md:min-h-11 px-1.5">
            {step.done ? (
              <>
                <CircleCheck className="i text-completed" aria-hidden />
                <span className="text-soft line-through decoration-line-strong">{step.name}</span>
                <span className="sr">, done</span>
              </>
            ) : (
              <>
                <CircleDashed className="i text-faint" aria-hidden />
                <Link href={step.href as Route} className="link">
                  {step.name}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function isFinished(steps: ChecklistSteps): boolean {
  return Object.values(steps).every((step) => step !== false)
}
