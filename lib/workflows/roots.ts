// Which outputs a step reads before it can start.
import { rootsOf } from './conditions.ts'
import type { Check, StepDefinition } from './definition.ts'
import { sourceOf } from './mapping.ts'
import { splitPath } from './paths.ts'

/** First words of paths. The run's own text is with the run and not read for `input.text` as a worker's text. */
export function rootsRead(step: StepDefinition): string[] {
  return pathsRead(step).map((path) => splitPath(path).root)
}

function pathsRead(step: StepDefinition): string[] {
  switch (step.kind) {
    case 'worker':
      return [...(step.text === 'input.text' ? [] : [step.text]), ...sources(step.options)]
    case 'map':
      return [isOverText(step.over) ? 'input' : step.over, ...sources(step.options)]
    case 'join':
      return [step.from]
    case 'condition':
      return rootsOf(step.if)
    case 'validate':
      return step.checks.flatMap(pathsOfCheck)
    case 'workflow':
      return step.text === 'input.text' ? [] : [step.text]
    case 'webhook':
      return [step.body]
    case 'approval':
    case 'wait':
      return []
  }
}

export function isOverText(over: string): over is 'chunks' | 'pages' {
  return over === 'chunks' || over === 'pages'
}

function pathsOfCheck(check: Check): string[] {
  return check.check === 'numbers_preserved' ? [check.of, check.from] : [check.of]
}

function sources(options: Record<string, unknown>): string[] {
  return Object.values(options).flatMap((option) => sourceOf(option) ?? [])
}
