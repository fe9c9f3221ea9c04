import { describe, expect, it } from 'vitest'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { digestOf } from './result-digest.ts'

describe('the digest of a result', () => {
  it.each(ALL_WORKERS.map((worker) => [worker.name, worker] as const))(
    'says something about a result of %s',
    (name, worker) => {
      const digest = digestOf(name, worker.example.output)
      expect(digest.lines.length > 0 || digest.prose !== null).toBe(true)
    },
  )

  it('keeps four lines and counts the rest', () => {
    const keyPoints = Array.from({ length: 6 }, (_, index) => ({ text: `Point ${index}`, evidence: [] }))
    const digest = digestOf('summarizer', { headline: 'Points', summary: 'x '.repeat(400), keyPoints })
    expect(digest.lines.map((item) => item.text)).toEqual(['Point 0', 'Point 1', 'Point 2', 'Point 3'])
    expect(digest.more).toBe(2)
    expect(digest.prose?.length).toBeLessThan(430)
  })

  it('says nothing about what it does not know', () => {
    for (const odd of [null, 'text', [], {}, { keyPoints: 7, summary: 5 }])
      expect(digestOf('summarizer', odd)).toEqual({ headline: null, prose: null, lines: [], more: 0 })
    expect(digestOf('unknown-worker', { summary: 'x' }).prose).toBeNull()
  })
})
