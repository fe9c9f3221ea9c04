// Order statistics, and the comparison of a figure with its goal.

export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(values: number[]): number {
  return percentile(values, 0.5)
}

/** Three significant digits: what such a measurement can mean. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value
}

export type Figure = {
  name: string
  unit: string
  /** null = the row crashed. */
  ours: number | null
  peers: Record<string, number>
  /** In words, with the numbers that it comes to. */
  goal: string
  met: boolean
}
