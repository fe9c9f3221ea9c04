// Steps for tests of how runs are drawn.
import { stepOf } from '#lib/workflows/test-run.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'

/** `step('ask', ['read'], { status: 'failed' })`, a summarizer unless told otherwise. */
export function step(name: string, needs: string[] = [], over: Partial<BoardStep> = {}): BoardStep {
  const {
    result: _,
    partial: __,
    info: ___,
    items: ____,
    approval: _____,
    ...rest
  } = stepOf(over.worker ?? 'summarizer', { title: name })
  return { ...rest, itemCounts: [], decision: null, name, needs, ...over }
}

/** A fan: `first`, then `count` equal steps, then `last`. */
export function fan(count: number, over: (index: number) => Partial<BoardStep> = () => ({})): BoardStep[] {
  const pages = Array.from({ length: count }, (_, index) =>
    step(`p${index + 1}`, ['first'], { title: `Summarize page ${index + 1}`, ...over(index) }),
  )
  return [
    step('first'),
    ...pages,
    step(
      'last',
      pages.map(({ name }) => name),
    ),
  ]
}

/** Columns of `width` steps, each of which needs two of the column before. */
export function lattice(columns: number, width: number): BoardStep[] {
  return Array.from({ length: columns * width }, (_, index) => {
    const [column, row] = [Math.floor(index / width), index % width]
    const needs = column === 0 ? [] : [row, (row * 7 + column) % width].map((at) => `s${column - 1}-${at}`)
    return step(`s${column}-${row}`, [...new Set(needs)])
  })
}
