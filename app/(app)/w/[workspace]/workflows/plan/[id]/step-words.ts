// What a step of a plan is and needs, in words. Pure.
import type { PlanStep } from '#lib/workers/plan-shape.ts'
import { parseNeed } from '#lib/workflows/needs.ts'

type Titled = { name: string; title: string }

export function kindWords(step: PlanStep, workers: readonly Titled[]): string {
  switch (step.kind) {
    case 'worker':
      return workerTitle(step.worker, workers)
    case 'map':
      return `${workerTitle(step.worker, workers)}, for each ${EACH[step.over] ?? 'item'}`
    case 'join':
      return 'Join'
    case 'condition':
      return 'Condition'
    case 'validate':
      return 'Check'
    case 'approval':
      return step.approvers === 'admins' ? 'An owner or admin decides' : 'A person decides'
  }
}

const EACH: Record<string, string> = { pages: 'page', chunks: 'part' }

function workerTitle(name: string, workers: readonly Titled[]): string {
  return workers.find((worker) => worker.name === name)?.title ?? name
}

/** `After "Find the risks"`, `If "Is a risk severe?" is yes`; null for a step that starts at once. */
export function needsWords(needs: readonly string[], steps: readonly Titled[]): string | null {
  const titleOf = (name: string) => `“${steps.find((step) => step.name === name)?.title ?? name}”`
  const edges = needs.map(parseNeed)
  const ways = edges.flatMap(({ step, branch }) => (branch ? [`${titleOf(step)} is ${branch}`] : []))
  const after = edges.flatMap(({ step, branch }) => (branch ? [] : [titleOf(step)]))
  const parts = [
    ...(ways.length > 0 ? [`if ${listed(ways)}`] : []),
    ...(after.length > 0 ? [`after ${listed(after)}`] : []),
  ]
  const words = parts.join(', ')
  return words === '' ? null : words.charAt(0).toUpperCase() + words.slice(1)
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
