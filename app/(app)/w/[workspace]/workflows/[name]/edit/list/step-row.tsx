'use client'

import { ChevronDown, ChevronUp, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { type DraftStep, fallbackOf, kindOf, needsOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import { useEditor } from '../editor-context.ts'
import { stepFact } from '../step-fact.ts'
import { KIND_WORDS } from '../step-kinds.ts'

const MOST_TAGS = 8

type Props = {
  step: DraftStep
  index: number
  open: boolean
  /** It opens in its place. */
  inline: boolean
  /** The steps by their names. */
  places: ReadonlyMap<string, DraftStep>
  onToggle: () => void
  children: ReactNode
}

export function StepRow({ step, index, open, inline, places, onToggle, children }: Props) {
  const wrong = useEditor().issues.get(index)?.length ?? 0
  const kind = kindOf(step)
  const needs = needsOf(step)
  const fallback = fallbackOf(step)
  const titleNamed = (name: string) => {
    const found = places.get(name)
    return found ? titleOf(found) : name
  }
  const frame = open
    ? 'border-accent shadow-[0_0_0_1px_var(--accent)]'
    : wrong > 0
      ? 'border-failed-bd'
      : 'border-line hover:border-line-strong'
  return (
    <li className={`rounded-lg border bg-raised min-w-0 ${frame}`}>
      <button
        type="button"
        data-step={index}
        aria-current={open || undefined}
        aria-expanded={inline ? open : undefined}
        className="flex items-start gap-2.5 w-full text-left px-3 py-2 min-h-11 rounded-lg"
        onClick={onToggle}
      >
        <span className="num text-12 text-faint min-w-4 shrink-0 text-right leading-6">{index + 1}</span>
        {kind === null ? null : (
          <StepIcon step={{ kind, worker: textOf(step, 'worker') }} className="i text-soft mt-1 shrink-0" />
        )}
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-14 leading-6 truncate">{titleOf(step)}</span>
          <span className="flex items-center gap-1.5 text-12 text-soft min-w-0">
            <span className="shrink-0">{kind === null ? 'Unknown kind' : KIND_WORDS[kind].word}</span>
            {wrong > 0 ? null : <span aria-hidden>·</span>}
            {wrong > 0 ? (
              <span className="inline-flex items-center gap-1 text-failed-fg font-medium">
                <CircleX className="i-sm" aria-hidden />
                {wrong} {wrong === 1 ? 'error' : 'errors'}
              </span>
            ) : (
              <span className="truncate">{stepFact(step)}</span>
            )}
          </span>
          {needs.length === 0 && fallback === null ? null : (
            <span className="flex flex-wrap items-center gap-1 mt-1.5 text-12 text-soft">
              {needs.length === 0 ? null : 'after'}
              {needs.slice(0, MOST_TAGS).map((need) => {
                const { step: name, branch } = parseNeed(need)
                return (
                  <span key={need} className="tag max-w-full">
                    <span className="truncate">
                      {titleNamed(name)}
                      {branch === null ? '' : `, ${branch}`}
                    </span>
                  </span>
                )
              })}
              {needs.length > MOST_TAGS ? `and ${needs.length - MOST_TAGS} more` : null}
              {fallback === null ? null : (
                <>
                  if it fails
                  <span className="tag max-w-full">
                    <span className="truncate">{titleNamed(fallback)}</span>
                  </span>
                </>
              )}
            </span>
          )}
        </span>
        {inline ? (
          open ? (
            <ChevronUp className="i text-faint mt-1" aria-hidden />
          ) : (
            <ChevronDown className="i text-faint mt-1" aria-hidden />
          )
        ) : null}
      </button>
      {children}
    </li>
  )
}
