// The changes that the editor makes to a draft, as values: each is one step back. Pure.
import { parseNeed } from '../needs.ts'
import { wouldCircle } from './circles.ts'
import { type NewStep, withCopy, withStep } from './new-step.ts'
import { type Draft, type Keys, nameOf, needsOf, stepsOf, titleOf, withValue } from './read.ts'
import { renamed, without } from './references.ts'

export type DraftEdit =
  /** Undefined takes the field away. */
  | { do: 'set'; at: Keys; to: unknown }
  | { do: 'add'; step: NewStep; after: number | null }
  | { do: 'duplicate' | 'remove'; index: number }
  | { do: 'move'; index: number; to: number }
  | { do: 'rename'; index: number; name: string }
  | { do: 'connect' | 'disconnect'; index: number; need: string }
  | { do: 'replace'; draft: Draft; what: string }

export type Edited = {
  draft: Draft
  /** What was done, as a person says it. */
  what: string
  /** The step to look at now; undefined = the one as before. */
  selected?: number | null
}

/** The draft itself where there is nothing to change. */
export function edited(draft: Draft, edit: DraftEdit): Edited {
  const steps = stepsOf(draft)
  switch (edit.do) {
    case 'set':
      return { draft: withValue(draft, edit.at, edit.to) as Draft, what: 'change' }
    case 'add': {
      const { draft: next, at } = withStep(draft, edit.step, edit.after)
      return { draft: next, what: `add ${edit.step.title}`, selected: at }
    }
    case 'duplicate': {
      const { draft: next, at } = withCopy(draft, edit.index)
      return { draft: next, what: `duplicate ${titleOf(steps[edit.index] ?? {})}`, selected: at }
    }
    case 'remove': {
      const left = steps.length - 1
      const selected = left < 1 ? null : Math.min(edit.index, left - 1)
      return { draft: without(draft, edit.index), what: `delete ${titleOf(steps[edit.index] ?? {})}`, selected }
    }
    case 'move': {
      const step = steps[edit.index]
      const to = Math.max(0, Math.min(edit.to, steps.length - 1))
      if (!step || to === edit.index) return { draft, what: '' }
      const moved = steps.toSpliced(edit.index, 1).toSpliced(to, 0, step)
      return { draft: { ...draft, steps: moved }, what: `move ${titleOf(step)}`, selected: to }
    }
    case 'rename':
      return { draft: renamed(draft, edit.index, edit.name), what: `rename to ${edit.name}` }
    case 'connect':
      return connected(draft, edit.index, edit.need)
    case 'disconnect': {
      const step = steps[edit.index]
      const needs = step ? needsOf(step).filter((need) => need !== edit.need) : []
      return { draft: withValue(draft, ['steps', edit.index, 'needs'], needs) as Draft, what: 'take away a need' }
    }
    case 'replace':
      return { draft: edit.draft, what: edit.what, selected: null }
  }
}

/** A need on a whole step takes the place of one on its branch, and the other way round. */
function connected(draft: Draft, index: number, need: string): Edited {
  const step = stepsOf(draft)[index]
  const what = 'add a need'
  if (!step || needsOf(step).includes(need) || wouldCircle(draft, need, nameOf(step))) return { draft, what }
  const others = needsOf(step).filter((other) => parseNeed(other).step !== parseNeed(need).step)
  return { draft: withValue(draft, ['steps', index, 'needs'], [...others, need]) as Draft, what }
}
