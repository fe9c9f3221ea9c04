import { describe, expect, test } from 'vitest'
import type { ResultInfo } from './define.ts'
import { resultMarkdown, resultText } from './markdown.ts'
import { workerNamed, ALL_WORKERS } from './registry.ts'

const info: ResultInfo = {
  engine: { kind: 'model', name: 'openai', version: '1', model: 'gpt-4.1-mini', endpointHost: 'api.openai.com' },
  method: 'Asked once.',
  language: 'en',
  limits: [],
  confidence: null,
  confidenceBasis: null,
  evidence: { found: 0, missing: 0 },
  replacedCharacters: 0,
}

describe.each(ALL_WORKERS.map((worker) => [worker.name, worker] as const))('%s', (name, worker) => {
  test('its example reads as Markdown and as text', () => {
    const markdown = resultMarkdown(name, worker.example.output, info)
    expect(markdown).toMatch(/^## \S/)
    expect(markdown).not.toContain('```json')
    expect(markdown).toContain('gpt-4.1-mini at api.openai.com')
    expect(resultText(name, worker.example.output, info)).not.toMatch(/[#`]|undefined|null/)
  })
})

const summary = workerNamed('summarizer').example.output as { keyPoints: object[] }

test('a statement whose quotes are missing from the text is left out and counted', () => {
  const unfounded = { text: 'The moon is green.', evidence: [{ quote: 'green moon', start: null, end: null }] }
  const result = { ...summary, keyPoints: [...summary.keyPoints, unfounded] }
  for (const written of [resultMarkdown('summarizer', result, null), resultText('summarizer', result, null)]) {
    expect(written).not.toContain('moon')
    expect(written).toContain('One statement was left out')
    expect(written).toContain('Delays fell from 14% to 6%.')
  }
})

test('marks in the text do not become formatting', () => {
  const result = { ...summary, summary: '# not *a* heading\n1. [x](javascript:alert(1)) <b>', headline: '`code`' }
  const markdown = resultMarkdown('summarizer', result, null)
  expect(markdown).toContain('\\# not \\*a\\* heading')
  expect(markdown).toContain('1\\. \\[x\\](javascript:alert(1)) \\<b\\>')
  expect(resultText('summarizer', result, null)).toContain('# not *a* heading\n1. [x]')
})

test('a result of another shape, or of an unknown worker, is written as JSON', () => {
  expect(resultMarkdown('summarizer', { old: 1 }, null)).toBe('```json\n{\n  "old": 1\n}\n```\n')
  expect(resultText('__proto__', { old: 1 }, null)).toContain('"old": 1')
})

test('actions that the text states are not called recommendations', () => {
  const { output } = workerNamed('document-analyzer').example as { output: { actions: { origin: string }[] } }
  expect(resultText('document-analyzer', output, null)).toContain('ACTIONS STATED IN THE TEXT')
  const advised = { ...output, actions: output.actions.map((action) => ({ ...action, origin: 'recommended' })) }
  expect(resultText('document-analyzer', advised, null)).toContain('RECOMMENDATIONS')
})
