import { type Draft, nameOf, stepsOf, textOf, titleOf } from '#lib/workflows/draft/read.ts'
import type { TestedStep } from './pins.ts'

/** Those that can be named. */
export function testedSteps(draft: Draft): TestedStep[] {
  return stepsOf(draft).flatMap((step) => {
    const name = nameOf(step)
    return name === '' ? [] : [{ name, title: titleOf(step), kind: textOf(step, 'kind') }]
  })
}
