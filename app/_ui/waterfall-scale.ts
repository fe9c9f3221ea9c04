// The time axis of a waterfall: a round step, few ticks. Pure.

const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
]

const UNITS = [
  { ms: 1, word: 'ms' },
  { ms: 1_000, word: 's' },
  { ms: 60_000, word: 'min' },
  { ms: 3_600_000, word: 'h' },
  { ms: 86_400_000, word: 'd' },
] as const

export type Tick = { atMs: number; label: string }

/** About five ticks from 0; the axis ends a little after `spanMs`. */
export function timeAxis(spanMs: number, wanted = 5): { endMs: number; stepMs: number; ticks: Tick[] } {
  const span = Math.max(1, spanMs)
  const last = STEPS_MS.at(-1) ?? 86_400_000
  const stepMs = STEPS_MS.find((step) => span / step <= wanted) ?? last * Math.ceil(span / last / wanted)
  const endMs = span * 1.04
  const ticks: Tick[] = []
  for (let at = 0; at <= span; at += stepMs) ticks.push({ atMs: at, label: tickLabel(at, stepMs, at === 0) })
  return { endMs, stepMs, ticks }
}

function tickLabel(atMs: number, stepMs: number, withUnit: boolean): string {
  const unit = UNITS.findLast((candidate) => stepMs >= candidate.ms) ?? UNITS[0]
  return withUnit ? `0 ${unit.word}` : String(Math.round((atMs / unit.ms) * 10) / 10)
}
