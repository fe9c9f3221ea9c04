import { describe, expect, test } from 'vitest'
import { workerNamed } from '#lib/workers/registry.ts'
import { chooseParts, groupParts, groupTitle } from './choice.ts'
import { reportMarkdown } from './markdown.ts'
import type { PartName, Report, ReportPart } from './shape.ts'
import { reportOf } from './report.ts'
import type { RunStep } from '../shapes.ts'
import { exampleText, runOf, stepOf } from '../test-run.ts'

const LETTER = exampleText('document-analyzer')

function part<Name extends PartName>(report: Report, name: Name): Extract<ReportPart, { name: Name }> {
  const found = report.parts.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`The report has no ${name}.`)
  return found as Extract<ReportPart, { name: Name }>
}

function reportWith(step: RunStep, text = LETTER): Report {
  return reportOf(runOf(text, [step]))
}

function missingOf(worker: string, over: Partial<RunStep>) {
  return reportWith(stepOf(worker, { result: null, ...over })).parts[0]?.missing
}

test.each([
  ['summarizer', 'summary'],
  ['sentiment-analyzer', 'tone'],
  ['category-classifier', 'categories'],
  ['document-analyzer', 'insights'],
  ['document-analyzer', 'risks'],
  ['document-analyzer', 'actions'],
  ['question-generator', 'questions'],
  ['translator', 'translation'],
] as const)('the %s gives the %s, every quote found in the text', (worker, name) => {
  const report = reportWith(stepOf(worker), exampleText(worker))
  const { content, missing, leftOut, quotes } = part(report, name)
  expect(content).not.toBeNull()
  expect({ missing, leftOut, lost: quotes.missing }).toEqual({ missing: null, leftOut: 0, lost: 0 })
  expect(report.quotes.missing).toBe(0)
})

test('insights, risks and actions say what the document analyzer said, and no part is made up', () => {
  const report = reportWith(stepOf('document-analyzer'))
  expect(report.parts.map(({ name }) => name)).toEqual(['insights', 'risks', 'actions'])
  expect(part(report, 'actions').content).toEqual([
    expect.objectContaining({
      text: 'Send an independent inspector.',
      origin: 'stated',
      owner: 'Northgate Claims',
      due: 'before December 11, 2026',
    }),
  ])
})

test('places are numbered once through the whole report, in the order of the text', () => {
  const report = reportWith(stepOf('document-analyzer'))
  expect(report.evidence.map(({ number, quote }) => [number, quote])).toEqual([
    [1, 'The hose failed suddenly.'],
    [2, 'Please send an independent inspector before December 11, 2026'],
    [3, 'when my temporary housing ends'],
  ])
})

test('the summary gives the title; without it the report is named after the run', () => {
  const report = reportWith(stepOf('summarizer'), exampleText('summarizer'))
  expect(report).toMatchObject({ title: 'Pilot cut delays to 6%; decision on June 12', about: 'A letter' })
  expect(chooseParts(report, []).title).toBe('A letter')
})

test('a statement whose quotes do not stand in the text is left out and counted', () => {
  const { output } = workerNamed('document-analyzer').example as { output: { insights: object[]; risks: object[] } }
  const result = {
    ...output,
    insights: [
      ...output.insights,
      { text: 'The moon is green.', evidence: [{ quote: 'green moon', start: null, end: null }] },
      { text: 'The place is another.', evidence: [{ quote: 'The hose failed suddenly.', start: 3, end: 28 }] },
    ],
    risks: [{ text: 'Rust.', severity: 'low', kind: 'x', evidence: [{ quote: 'rust', start: 9_000, end: 9_004 }] }],
  }
  const report = reportWith(stepOf('document-analyzer', { result }))
  expect(part(report, 'insights')).toMatchObject({ leftOut: 2, quotes: { found: 1, missing: 2 } })
  expect(part(report, 'insights').content).toHaveLength(1)
  expect(part(report, 'risks').missing?.message).toBe(
    'The one statement was left out: its quote was not found in the text.',
  )
  expect(report).toMatchObject({ leftOut: 3, quotes: { found: 2, missing: 3 } })
  expect(JSON.stringify(report)).not.toContain('moon')
})

test('a worker that named nothing is said to have named nothing', () => {
  const { output } = workerNamed('document-analyzer').example as { output: object }
  const report = reportWith(stepOf('document-analyzer', { result: { ...output, risks: [] } }))
  expect(part(report, 'risks')).toMatchObject({
    content: null,
    missing: { kind: 'nothing_found', message: 'The document analyzer named no risks.' },
  })
})

test.each([
  [{ status: 'waiting', needs: ['summarizer', 'gone'] }, 'begins after “Summarizer” and gone.'],
  [{ status: 'waiting' }, 'has not begun'],
  [{ status: 'pending' }, 'waits for a free slot'],
  [{ status: 'in_progress' }, 'is working on it'],
] as const)('a part whose step is still open says what it waits for: %j', (over, words) => {
  const missing = missingOf('summarizer', { ...over, needs: 'needs' in over ? [...over.needs] : [] })
  expect(missing).toMatchObject({ kind: 'not_yet', message: expect.stringContaining(words) })
})

test('a failed worker is named with its error and its advice', () => {
  const error = { code: 'too_long', message: 'The text is too long for this model.', advice: 'Choose a larger model.' }
  expect(missingOf('document-analyzer', { status: 'failed', error })).toEqual({
    kind: 'failed',
    message: '“Document analyzer” failed: The text is too long for this model.',
    more: 'Choose a larger model.',
  })
  expect(missingOf('summarizer', { status: 'failed' })?.message).toBe('“Summarizer” failed.')
})

test('cancelled, skipped and refused parts say so', () => {
  expect(missingOf('summarizer', { status: 'cancelled' })?.kind).toBe('cancelled')
  const skipped = stepOf('summarizer', { status: 'skipped', result: null })
  expect(reportOf(runOf(LETTER, [skipped], { status: 'failed' })).parts[0]?.missing?.kind).toBe('skipped')
  expect(missingOf('summarizer', { status: 'blocked', reason: 'provider' })).toEqual({
    kind: 'blocked',
    message: 'Not made yet: the model provider refuses work.',
    more: null,
  })
})

test('a part on a branch that was not taken is not missed, and of two steps the one with a result is read', () => {
  const skipped = stepOf('summarizer', { name: 'other', status: 'skipped', result: null })
  expect(reportOf(runOf(LETTER, [skipped])).parts).toEqual([])
  const made = stepOf('summarizer')
  expect(part(reportOf(runOf(LETTER, [skipped, made])), 'summary').content).not.toBeNull()
})

test('what a worker made of another text keeps its statements and claims no places in this one', () => {
  const derived = reportWith(stepOf('document-analyzer', { reads: 'other.text' }), 'A text without those quotes.')
  const { content, leftOut, quotes } = part(derived, 'insights')
  expect([content?.length, content?.flatMap(({ evidence }) => evidence), leftOut, quotes]).toEqual([
    (workerNamed('document-analyzer').example.output as { insights: unknown[] }).insights.length,
    [],
    0,
    { found: 0, missing: 0 },
  ])
})

describe('decisions and checks', () => {
  const control = (over: Partial<RunStep>) =>
    stepOf('summarizer', { worker: null, reads: null, info: null, taskId: null, ...over })
  const approval = {
    decision: 'rejected',
    by: 'Ana Ruiz',
    note: 'Too late.',
    fields: { way: 'Mail' },
    decidedAt: '2026-11-23T09:31:08.000Z',
  }
  const checks = [{ check: 'length', of: 'a.b', passed: false, message: '"a.b" is too long.' }]

  test('stand in the report in the order of the steps, and the person is named instead of "not reviewed"', () => {
    const report = reportOf(
      runOf(LETTER, [
        control({ title: 'Urgent?', kind: 'condition', result: { holds: true } }),
        control({ title: 'Length', kind: 'validate', status: 'failed', result: { passed: false, checks } }),
        control({ title: 'Send?', kind: 'approval', result: approval }),
        control({ title: 'Later?', kind: 'condition', status: 'waiting', result: null }),
      ]),
    )
    expect(part(report, 'decisions').content).toEqual([
      { title: 'Urgent?', outcome: 'Yes', good: null, notes: [] },
      { title: 'Length', outcome: 'Failed', good: false, notes: ['"a.b" is too long.'] },
      { title: 'Send?', outcome: 'Rejected by Ana Ruiz on 2026-11-23', good: false, notes: ['Way: Mail', 'Too late.'] },
    ])
    expect(report.review).toBe('Rejected by Ana Ruiz on 2026-11-23')
    expect(report.making).toEqual([])
    expect(reportMarkdown(report)).toContain('- Urgent?: **Yes**')
  })

  test('that nobody has made yet are announced, and a workflow without them has no such part', () => {
    const report = reportOf(runOf(LETTER, [control({ kind: 'approval', status: 'in_progress', result: null })]))
    expect(part(report, 'decisions').missing?.kind).toBe('not_yet')
    expect(report.review).toBe('Not reviewed by a person')
    expect(reportWith(stepOf('summarizer')).parts.map(({ name }) => name)).not.toContain('decisions')
  })
})

test('a translation without a model says what is ready; an odd partial is no crash', () => {
  const partial = {
    sourceLanguage: 'de',
    targetLanguage: 'en',
    segments: [{ start: 0, end: 3, source: 'Gut', target: null }],
    protected: [],
    glossary: [],
  }
  const blocked = { status: 'blocked', reason: 'needs_model', partial } as const
  expect(missingOf('translator', blocked)).toEqual({
    kind: 'needs_model',
    message: 'Not made: “Translator” needs an AI model for this.',
    more: 'Ready to translate from German into English: 1 sentence.',
  })
  expect(missingOf('translator', { ...blocked, partial: { old: true } })?.more).toBeNull()
})

test.each([null, 'words', { old: 1 }, { questions: [] }, { questions: [{ question: 7 }] }])(
  'a result of another shape is called unreadable: %j',
  (result) => {
    expect(reportWith(stepOf('question-generator', { result })).parts).toEqual([
      expect.objectContaining({
        name: 'questions',
        content: null,
        missing: expect.objectContaining({ kind: 'unreadable' }),
      }),
    ])
  },
)

test('of many scored sentences the three strongest are kept, in the order of the text', () => {
  const text = 'aa bb cc dd'
  const { output } = workerNamed('sentiment-analyzer').example as { output: object }
  const passages = [0.1, -0.9, 0.5, -0.4].map((score, index) => ({
    label: 'neutral',
    score,
    evidence: [{ quote: text.slice(index * 3, index * 3 + 2), start: index * 3, end: index * 3 + 2 }],
  }))
  const report = reportWith(stepOf('sentiment-analyzer', { result: { ...output, emotions: [], passages } }), text)
  expect(part(report, 'tone').content?.passages.map(({ score }) => score)).toEqual([-0.9, 0.5, -0.4])
})

test('chosen parts keep only their own places, numbered anew', () => {
  const report = chooseParts(reportWith(stepOf('document-analyzer')), ['risks'])
  expect(report.parts.map(({ name }) => name)).toEqual(['risks'])
  expect(report.evidence).toEqual([expect.objectContaining({ number: 1, quote: 'when my temporary housing ends' })])
  expect(report.quotes).toEqual({ found: 1, missing: 0 })
})

test('how it was made lists every step; an engine stands only where there is an answer', () => {
  const report = reportOf(
    runOf(LETTER, [
      stepOf('document-analyzer'),
      stepOf('translator', { status: 'blocked', reason: 'needs_model', tokens: null, costMicros: null }),
    ]),
  )
  expect(report.making).toEqual([
    expect.objectContaining({ step: 'document-analyzer', waitedMs: 200, workedMs: 1800, costMicros: 1200 }),
    expect.objectContaining({ step: 'translator', engine: null, costMicros: null }),
  ])
  expect(report.making[0]?.engine?.model).toBe('gpt-4.1-mini')
})

test('a report survives its way through JSON', () => {
  const report = reportWith(stepOf('document-analyzer'))
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

test('what one worker owes for several parts is said once', () => {
  const error = { code: 'x', message: 'It broke.' }
  const report = reportOf(
    runOf(LETTER, [stepOf('document-analyzer', { status: 'failed', result: null, error }), stepOf('summarizer')]),
  )
  const groups = groupParts(report.parts)
  expect(groups.map(groupTitle)).toEqual(['Summary', 'Insights, risks and actions'])
  const { output } = workerNamed('document-analyzer').example as { output: object }
  const lost = [{ text: 'Rust.', evidence: [{ quote: 'rust', start: null, end: null }] }]
  const risks = lost.map((risk) => ({ ...risk, severity: 'low', kind: 'x' }))
  const unproven = reportWith(stepOf('document-analyzer', { result: { ...output, insights: lost, risks } }))
  expect(groupParts(unproven.parts).map(groupTitle)).toEqual(['Insights', 'Risks', 'Actions'])
  expect(reportMarkdown(report).match(/It broke\./g)).toHaveLength(1)
})
