// What is pinned for the steps before a tested one, and what a test does for each kind of step. Pure.
import type { StepPins } from '#lib/workflows/stored/shapes.ts'

export type TestedStep = { name: string; title: string; kind: string }

/** `typed` are texts of JSON, by the pin's name. */
export function readPins(
  { pins }: Pick<StepPins, 'pins'>,
  typed: Readonly<Record<string, string>>,
): { outputs: Record<string, unknown>; problems: Record<string, string> } {
  const outputs: Record<string, unknown> = {}
  const problems: Record<string, string> = {}
  for (const { name, value } of pins) {
    const text = typed[name]
    try {
      // What was emptied is an output that is missing.
      if (text === undefined) outputs[name] = value
      else if (text.trim() !== '') outputs[name] = JSON.parse(text)
    } catch (error) {
      problems[name] = `This is not JSON: ${(error as Error).message}.`
    }
  }
  return { outputs, problems }
}

export const TEST_WORDS: Readonly<Record<string, string>> = {
  worker: 'A worker does it as a task of its own, which costs what any task costs and is kept as a test.',
  map: 'The first item is done, as a task of its own, which costs what any task costs and is kept as a test.',
  condition: 'It is told at once and costs nothing.',
  join: 'It is put together at once and costs nothing.',
  validate: 'It is checked at once and costs nothing.',
  approval: 'A test asks nobody. You see what they would be asked.',
  wait: 'A test does not wait.',
  webhook: 'A test calls no server. You see what would be sent.',
  workflow: 'A test does not start the other workflow, with its calls and questions. You see what it would be given.',
}
