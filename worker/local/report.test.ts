import { expect, test } from 'vitest'
import { reportMarkdown } from '#lib/workflows/report/markdown.ts'
import { type Report, REPORT_PARTS } from '#lib/workflows/report/shape.ts'
import { reportOf } from '#lib/workflows/report/report.ts'
import { runOf, stepOf } from '#lib/workflows/test-run.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { answerByRules } from './answer.ts'

async function reportByRules(text: string): Promise<Report> {
  const steps = await Promise.all(
    WORKER_NAMES.map(async (worker) => {
      const outcome = await answerByRules(worker, { text })
      const over = { tokens: null, costMicros: null, info: outcome.info }
      return 'result' in outcome
        ? stepOf(worker, { ...over, result: outcome.result })
        : stepOf(worker, { ...over, status: 'blocked', reason: outcome.blocked, partial: outcome.partial })
    }),
  )
  return reportOf(runOf(text, steps, { tokens: null, costMicros: null }))
}

function expectTrue(report: Report, text: string) {
  // Nobody decided anything, and no list was read.
  const parts = REPORT_PARTS.filter((name) => name !== 'decisions' && name !== 'findings')
  expect(report.parts.map(({ name }) => name)).toEqual(parts)
  for (const { content, missing } of report.parts) expect(content === null).toBe(missing !== null)
  expect(report.evidence.map(({ number }) => number)).toEqual(report.evidence.map((_, index) => index + 1))
  for (const { quote, start, end } of report.evidence) expect(text.slice(start, end)).toBe(quote)
  expect(report.quotes.missing).toBe(0)
  expect(report.leftOut).toBe(0)
}

test.each(SAMPLES.filter(({ language }) => language === 'en').map(({ id, text }) => [id, text]))(
  'six workers make one report of %s, and every quote stands in the text',
  async (_, text) => {
    const report = await reportByRules(text)
    expectTrue(report, text)
    expect(report.parts.filter(({ missing }) => missing !== null && missing.kind !== 'nothing_found')).toEqual([])
    expect(report.parts.at(-1)).toMatchObject({ name: 'translation', content: { unchanged: true } })
    expect(report.evidence.length).toBeGreaterThan(3)
    const markdown = reportMarkdown(report)
    expect(markdown).toContain('built-in, no AI')
    expect(markdown).toContain(`${report.quotes.found} of ${report.quotes.found} quotes found word for word`)
  },
)

test('a German letter: all but the translation, which says what is ready, and a tone that is not guessed', async () => {
  const text = SAMPLES.find(({ language }) => language === 'de')?.text ?? ''
  const report = await reportByRules(text)
  expectTrue(report, text)
  expect(report.language).toBe('de')
  expect(report.parts.find(({ name }) => name === 'tone')?.content).toMatchObject({ label: null, score: null })
  expect(report.parts.at(-1)?.missing).toMatchObject({
    kind: 'needs_model',
    more: expect.stringMatching(/^Ready to translate from German into English: \d+ sentences, with \d+ values to keep/),
  })
})

test.each([
  ['Arabic', 'عزيزي فريق الدعم، لم تصل الشحنة 4471 حتى الآن. أطلب استرداد مبلغ 120 دولارا قبل 5 مايو 2026. شكرا لكم.'],
  ['Hebrew', 'שלום רב, ההזמנה 8812 לא הגיעה בזמן. אני מבקש החזר של 250 ש״ח עד 3 ביוני 2026. תודה רבה על הטיפול.'],
])('a text from right to left is quoted as it stands: %s', async (_, text) => {
  const report = await reportByRules(text)
  expectTrue(report, text)
  expect(report.parts.find(({ name }) => name === 'summary')?.content).not.toBeNull()
  expect(reportMarkdown(report)).toContain(report.evidence[0]?.quote)
})

test('signs of Markdown and HTML in a text stay signs', async () => {
  const text =
    '# Notice | urgent\n\n<script>alert("claim 4471")</script> was found in the upload of May 4, 2026, and we must remove it. ' +
    'Please run `rm -rf` | `ls` before Friday, or the deadline | penalty of $4,000 applies!\n\n```\ncode\n```\n- [ ] pay <b>now</b>'
  const report = await reportByRules(text)
  expectTrue(report, text)
  const bare = reportMarkdown(report)
    .split('\n')
    .map((line) => line.replace(/\\./g, 'x').replace(/^- \[ \] /, ''))
  expect(bare.filter((line) => /[<>`[\]]/.test(line))).toEqual([])
  expect(bare.filter((line) => line.includes('|')).every((line) => line.split('|').length === 8)).toBe(true)
  expect(bare.filter((line) => /^#/.test(line)).every((line) => /^##? [A-Zx]/.test(line))).toBe(true)
})
