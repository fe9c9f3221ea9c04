'use client'

import { useState } from 'react'
import { ChevronDown, ChevronRight, Cpu, CirclePause } from 'lucide-react'
import { Kbd } from '#app/_ui/kbd.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { NewStep } from '#lib/workflows/draft/new-step.ts'
import { useEditor } from './editor-context.ts'
import { dragStep } from './palette-drag.ts'
import { KIND_WORDS, KINDS } from './step-kinds.ts'

/** What there is to add: a click or Enter adds after the selected step, dragging puts it on a card. */
export function Palette() {
  const { workers, model } = useEditor()
  const [open, setOpen] = useState(true)
  useShortcut('a', () => document.getElementById('palette')?.querySelector('button')?.focus())
  const kinds = KINDS.filter((kind) => kind !== 'worker')
  const workerItems = workers.map(({ name, title, needsModel }) => (
    <li key={name}>
      <PaletteItem step={{ kind: 'worker', worker: name, title }} className="lg:pl-5.5 lg:font-normal! lg:text-soft">
        {title}
        {needsModel && model === null ? (
          <span className="ml-auto text-blocked-fg" title="Waits until a model is connected">
            <CirclePause className="i-sm" aria-hidden />
            <span className="sr">, needs a model</span>
          </span>
        ) : null}
      </PaletteItem>
    </li>
  ))
  return (
    <section aria-labelledby="palette-title" className="min-w-0">
      <div className="flex items-center gap-2 h-10 px-3.5 max-lg:hidden">
        <h2 id="palette-title" className="text-13">
          Add a step
        </h2>
        <span className="ml-auto">
          <Kbd>A</Kbd>
        </span>
      </div>
      <div
        id="palette"
        className="relative px-1.5 max-lg:py-1.5 lg:pb-2 max-lg:overflow-x-auto max-lg:flex max-lg:gap-1"
      >
        <button
          type="button"
          aria-expanded={open}
          aria-controls="palette-workers"
          className={`${ITEM} max-lg:hidden`}
          onClick={() => setOpen(!open)}
        >
          <Cpu className="i text-soft" aria-hidden />
          Worker
          {open ? (
            <ChevronDown className="i-sm ml-auto text-faint" aria-hidden />
          ) : (
            <ChevronRight className="i-sm ml-auto text-faint" aria-hidden />
          )}
        </button>
        <ul id="palette-workers" className={`max-lg:flex max-lg:gap-1 ${open ? '' : 'lg:hidden'}`}>
          {workerItems}
        </ul>
        <ul className="max-lg:flex max-lg:gap-1">
          {kinds.map((kind) => (
            <li key={kind}>
              <PaletteItem step={{ kind, title: KIND_WORDS[kind].word }} hint={KIND_WORDS[kind].does}>
                {KIND_WORDS[kind].word}
              </PaletteItem>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

const ITEM =
  'flex items-center gap-2 w-full h-8 max-md:h-11 px-2 rounded-md font-medium text-left whitespace-nowrap hover:bg-hover outline-offset-[-2px]'

type ItemProps = { step: NewStep; hint?: string; className?: string; children: React.ReactNode }

function PaletteItem({ step, hint, className = '', children }: ItemProps) {
  const { edit, selected, locked } = useEditor()
  return (
    <button
      type="button"
      draggable={locked === null}
      aria-disabled={locked !== null || undefined}
      title={
        locked ??
        `${hint === undefined ? '' : `${hint}. `}Drag it onto a card, or press Enter to add it after the selected step.`
      }
      className={`${ITEM} ${className}`}
      onDragStart={(event) => dragStep(event, step)}
      onClick={() => {
        if (locked === null) edit({ do: 'add', step, after: selected })
      }}
    >
      <StepIcon step={step} className="i text-soft shrink-0" />
      {children}
    </button>
  )
}
