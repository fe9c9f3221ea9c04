import type { StepKind } from '#lib/workflows/definition.ts'

/** In the order of the palette, with what they are for. */
export const KIND_WORDS: Record<StepKind, { word: string; does: string }> = {
  worker: { word: 'Worker', does: 'Reads a text and puts out a typed result' },
  condition: { word: 'Condition', does: 'Goes on by yes or by no' },
  map: { word: 'Map', does: 'One worker for each part of a text or item of a list' },
  join: { word: 'Join', does: 'Puts a list together' },
  validate: { word: 'Validate', does: 'Checks a result' },
  approval: { word: 'Approval', does: 'A person decides' },
  wait: { word: 'Wait', does: 'Goes on after a time' },
  webhook: { word: 'Webhook', does: 'Calls a server of yours' },
  workflow: { word: 'Sub-workflow', does: 'Runs another workflow' },
}

export const KINDS = Object.keys(KIND_WORDS) as StepKind[]
