// Takes steps out of a plan. What needed one needs what it needed; what read it reads the text itself, or goes too where
// there is nothing else to read. Pure.
import type { PlanStep } from '#lib/workers/plan-shape.ts'
import { identifierOf, parseNeed } from '#lib/workflows/needs.ts'

export type Left = { steps: PlanStep[]; gone: string[] }

export function removeSteps(steps: readonly PlanStep[], removed: readonly string[]): Left {
  let left = [...steps]
  const gone: string[] = []
  const open = [...removed]
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    const step = left.find((one) => one.name === name)
    if (!step) continue
    gone.push(name)
    left = left.flatMap((other) => {
      if (other === step) return []
      const { healed, senseless } = healedWithout(other, step)
      if (senseless) open.push(other.name)
      return [healed]
    })
  }
  return { steps: left, gone }
}

/** `senseless`: it goes too, and leaves its needs to those that need it. */
function healedWithout(step: PlanStep, gone: PlanStep): { healed: PlanStep; senseless: boolean } {
  const needs = [...new Set(step.needs.flatMap((need) => (parseNeed(need).step === gone.name ? gone.needs : [need])))]
  const healed = { ...step, needs }
  const read = withoutReading(healed, identifierOf(gone.name))
  // What was only for the other way of a decision has no way any more.
  const otherWay = step.needs.some((need) => need === `${gone.name}.no`)
  return { healed: read ?? healed, senseless: otherWay || read === null }
}

function withoutReading(step: PlanStep, lost: string): PlanStep | null {
  const reads = (path: string | null) => path !== null && path.split('.')[0] === lost
  switch (step.kind) {
    case 'worker':
      return reads(step.text) ? { ...step, text: 'input.text' } : step
    case 'map':
      return reads(step.over) ? null : step
    case 'join':
      return reads(step.from) ? null : step
    case 'condition':
      return new RegExp(String.raw`(?<![\w.])${lost}(?!\w)`).test(step.if) ? null : step
    case 'validate': {
      const checks = step.checks.filter(({ of, from }) => !reads(of) && !reads(from))
      return checks.length === 0 ? null : { ...step, checks }
    }
    case 'approval':
      return { ...step, show: step.show.filter((path) => !reads(path)) }
  }
}
