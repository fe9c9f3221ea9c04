import { expect, test } from 'vitest'
import { documentText } from '#lib/workers/define.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { sampleFor, SAMPLES } from './samples.ts'

test('every worker has a sample that suits it, and every sample is a valid text', () => {
  for (const name of WORKER_NAMES) expect(sampleFor(name).suits).toContain(name)
  for (const sample of SAMPLES) expect(documentText.parse(sample.text)).toBe(sample.text)
})

test('a sample suits only workers that exist', () => {
  expect(SAMPLES.flatMap((sample) => sample.suits).filter((name) => !WORKER_NAMES.includes(name))).toEqual([])
})
