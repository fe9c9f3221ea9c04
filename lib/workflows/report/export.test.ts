import { expect, test } from 'vitest'
import { reportExport, reportQuery } from './export.ts'
import { reportMarkdown } from './markdown.ts'
import { NOT_REVIEWED } from './shape.ts'
import { reportOf } from './report.ts'
import { exampleText, runOf, stepOf } from '../test-run.ts'

const FRAME = { workspace: 'Northgate Claims', address: null }

const report = reportOf(
  runOf(exampleText('document-analyzer'), [
    stepOf('document-analyzer'),
    stepOf('translator', { status: 'blocked', reason: 'needs_model', tokens: null, costMicros: null }),
  ]),
)

test('Markdown has the chosen parts, their quotes by number, and says that nobody has reviewed it', async () => {
  const choice = { format: 'markdown', parts: ['risks', 'actions'] } as const
  const { body, contentType, fileName } = await reportExport(report, choice, FRAME)
  expect(contentType).toBe('text/markdown; charset=utf-8')
  expect(fileName).toBe('A letter - report.md')
  expect(body).toContain('# A letter\n')
  expect(body).toContain(NOT_REVIEWED)
  expect(body).toContain(String.raw`- **High**, deadline: Temporary housing ends on December 11, 2026. \[2\]`)
  expect(body).toContain(
    '- [ ] Send an independent inspector. (high priority, asked for in the text, owner: Northgate Claims',
  )
  expect(body).toContain('2. “when my temporary housing ends”')
  expect(body).toContain('2 of 2 quotes found word for word.')
  expect(body).not.toContain('## Insights')
  expect(body).not.toContain('The hose failed')
})

test('JSON is the report itself', async () => {
  const { body, contentType, fileName } = await reportExport(report, { format: 'json' }, FRAME)
  expect(JSON.parse(String(body))).toEqual(report)
  expect(JSON.parse(String(body)).review).toBe(NOT_REVIEWED)
  expect([contentType, fileName]).toEqual(['application/json; charset=utf-8', 'A letter - report.json'])
})

test('how it was made is a table: who answered, how long, what it cost', () => {
  expect(reportMarkdown(report)).toContain(
    [
      '| Worker | State | Engine | Waited | Worked | Cost |',
      '| --- | --- | --- | --- | --- | --- |',
      '| Document analyzer | Completed | gpt-4.1-mini | 200 ms | 1.8 s | $0.0012 |',
      '| Translator | Needs model | not run | 200 ms | 1.8 s | no cost |',
    ].join('\n'),
  )
})

test('a call without a price is unpriced and not free', () => {
  const unpriced = { ...report, tokens: 900, costMicros: null }
  expect(reportMarkdown(unpriced)).toContain('Cost: unpriced.')
  expect(reportMarkdown({ ...report, tokens: null, costMicros: null })).toContain('_No cost._')
})

test('what was said by a worker cannot become a heading, a list, a table or markup', () => {
  const text = 'one two'
  const evil = '## x | y <script>alert(1)</script> `code` &lt; [a](javascript:b)'
  const summary = `${evil}\n\n---\n    code\n===\n1. item\n> quote\n- kept`
  const made = reportOf(
    runOf(
      text,
      [
        stepOf('summarizer', { title: evil, result: { headline: 'C #', summary, evidence: [], keyPoints: [] } }),
        stepOf('question-generator', {
          result: {
            questions: [
              {
                question: `${evil}\n# two`,
                answer: evil,
                kind: 'review',
                form: 'open',
                difficulty: null,
                evidence: [],
              },
            ],
          },
        }),
      ],
      { title: evil },
    ),
  )
  const lines = reportMarkdown(made).split('\n')
  expect(lines.filter((line) => /^ {0,3}#/.test(line))).toEqual([
    String.raw`# C \#`,
    '## Summary',
    '## Questions',
    '## How it was made',
  ])
  const bare = lines.map((line) => line.replace(/\\./g, 'x'))
  expect(bare.filter((line) => /[<>`[\]]|^( {4}|\t|[-=]{2,}\s*$|1\. item|> )|&lt;/.test(line))).toEqual([])
  const table = bare.filter((line) => line.startsWith('|'))
  expect(table.map((line) => line.split('|').length)).toEqual([8, 8, 8, 8])
})

test('the address of an export names its format and its parts', () => {
  expect(reportQuery.parse({})).toEqual({ format: 'markdown' })
  expect(reportQuery.parse({ format: 'json', parts: 'tone,risks' })).toEqual({
    format: 'json',
    parts: ['tone', 'risks'],
  })
  expect(reportQuery.safeParse({ parts: 'tone,secrets' }).success).toBe(false)
  expect(reportQuery.safeParse({ parts: '' }).success).toBe(false)
  expect(reportQuery.safeParse({ format: 'odt' }).success).toBe(false)
})
