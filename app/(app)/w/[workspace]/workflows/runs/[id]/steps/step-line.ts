// What a card or row says of a step beside its title and state, in one line: a new kind is one entry of `LINES`. Pure.
import type { StepKind } from '#lib/workflows/definition.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { countWords, countsOfItems } from './stack-counts.ts'

type Titles = (need: string) => string

/** What the kind adds to what it follows. */
const LINES: Record<StepKind, (step: BoardStep) => string> = {
  worker: () => '',
  map: (step) => (step.itemCounts.length === 0 ? 'Works through a list' : countWords(countsOfItems(step.itemCounts))),
  join: () => 'Puts a list together',
  condition: () => 'Decides by what the steps before it found',
  validate: () => 'Checks what the steps before it made',
  approval: () => 'A person decides',
  wait: () => 'Waits for a time',
  workflow: () => 'Runs another workflow',
  webhook: () => 'Calls a server',
}

/** What there is to say of a step beside its state. */
export function stepLine(step: BoardStep, titleOf: Titles): string {
  if (step.status === 'waiting') return `Starts after ${listed(step.needs.map(titleOf))}`
  if (step.whySkipped !== null) return step.whySkipped
  if (step.status === 'in_progress' && step.waitsFor && step.kind !== 'map') return step.waitsFor
  if (step.reason === 'needs_model') return 'Needs a connected model; what it found so far is in the report'
  if (step.error) return step.error.message
  if (step.reused) return 'Taken over from the run before'
  const own = LINES[step.kind](step)
  if (own !== '') return own
  return step.needs.length === 0 ? 'Reads the text' : `After ${listed(step.needs.map(titleOf))}`
}

/** The title of a step by its name or by what another needs of it. */
export function titlesOf(steps: readonly BoardStep[]): Titles {
  const titles = new Map(steps.map(({ name, title }) => [name, title]))
  return (need) => titles.get(parseNeed(need).step) ?? need
}

const MOST_NAMED = 3

function listed(titles: readonly string[]): string {
  if (titles.length <= MOST_NAMED) return titles.join(', ')
  return `${titles.slice(0, MOST_NAMED - 1).join(', ')} and ${titles.length - MOST_NAMED + 1} more`
}
