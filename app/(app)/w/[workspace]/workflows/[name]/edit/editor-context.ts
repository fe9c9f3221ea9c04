'use client'

import { createContext, use } from 'react'
import type { FieldIssue } from '#lib/errors.ts'
import type { DraftEdit } from '#lib/workflows/draft/edit.ts'
import { type Draft, type DraftStep, type Keys, nameOf, stepsOf, valueAt } from '#lib/workflows/draft/read.ts'
import type { KnownOutputs } from '#lib/workflows/scopes.ts'
import type { CatalogueWorker, ConnectedModel } from '../../../tasks/new/catalogue.ts'

export type NamedWorkflow = { name: string; title: string }

/** What every part of the editor reads, and how it changes it. */
export type Editor = {
  draft: Draft
  selected: number | null
  /** By the place of their step now; paths within the step. */
  issues: ReadonlyMap<number, readonly FieldIssue[]>
  /** What is wrong with a field of the workflow itself. */
  workflowError: (path: string) => string | null
  /** Why nothing can be changed now; null when it can. */
  locked: string | null
  workers: readonly CatalogueWorker[]
  workflows: readonly NamedWorkflow[]
  model: ConnectedModel | null
  known: KnownOutputs
  edit: (edit: DraftEdit) => void
  select: (index: number | null) => void
  settle: () => void
  /** Brings a field of a step into sight and gives it the focus. */
  go: (index: number | null, path: string) => void
}

export const EditorContext = createContext<Editor | null>(null)

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (!editor) throw new Error('This stands inside the editor.')
  return editor
}

export type StepField = {
  /** Of the control, so that what is wrong can lead there. */
  id: string
  value: unknown
  error: string | null
  set: (to: unknown) => void
}

export type EditedStep = {
  index: number
  step: DraftStep
  name: string
  field: (at: Keys) => StepField
}

/** The step that is being edited. */
export const StepIndexContext = createContext(0)

export function useStep(): EditedStep {
  const { draft, issues, edit } = useEditor()
  const index = use(StepIndexContext)
  const step = stepsOf(draft)[index] ?? {}
  const found = issues.get(index) ?? []
  return {
    index,
    step,
    name: nameOf(step),
    field: (at) => {
      const path = at.join('.')
      return {
        id: fieldId(path),
        value: valueAt(step, at),
        error: found.find((issue) => issue.path === path)?.message ?? null,
        set: (to) => edit({ do: 'set', at: ['steps', index, ...at], to }),
      }
    },
  }
}

export function fieldId(path: string): string {
  return `field-${path}`
}
