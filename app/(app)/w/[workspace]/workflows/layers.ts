// Where steps stand in a picture from left to right: each one column after the last of those it needs. Pure.

import { parseNeed } from '#lib/workflows/needs.ts'

export function layersOf<Step extends { name: string; needs: readonly string[] }>(steps: readonly Step[]): Step[][] {
  const columns = new Map<string, number>()
  const byName = new Map(steps.map((step) => [step.name, step]))
  const columnOf = (step: Step): number => {
    const known = columns.get(step.name)
    if (known !== undefined) return known
    const before = step.needs.flatMap((need) => byName.get(parseNeed(need).step) ?? [])
    const column = before.length === 0 ? 0 : 1 + Math.max(...before.map(columnOf))
    columns.set(step.name, column)
    return column
  }
  const layers: Step[][] = []
  for (const step of steps) (layers[columnOf(step)] ??= []).push(step)
  return layers
}
