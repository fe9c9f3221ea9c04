import { expect, test } from 'vitest'
import { evidenceOf } from '#lib/workers/quotes.ts'
import { WORKER_NAMES } from '#lib/workers/registry.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { answerByRules } from './answer.ts'

const prose = SAMPLES.filter(({ language }) => language === 'en')
  .map(({ text }) => text)
  .join('\n')
const lines = prose.split('\n')

const HOSTILE: [name: string, text: string][] = [
  ['one letter', 'a'],
  ['marks only', '!!!'],
  ['one emoji', '👩‍👩‍👧'],
  ['digits', '12345 6789'],
  ['an invisible mark', '\u200B'],
  ['right to left', 'שלום דנה, החשבון על סך ‎₪1,200‎ טרם שולם. נא לשלם עד 15 במאי 2026. אחרת ננתק את השירות.'],
  ['Arabic', 'السيد أحمد، لم يصل الطلب رقم ٤٤٧١ بعد. أرجو إعادة المبلغ خلال ٧ أيام. شكراً.'],
  ['Japanese', '注文した商品がまだ届きません。2026年5月15日までに返金してください。よろしくお願いします。'],
  ['bidi controls', 'The \u202Etotal\u202C is $5. \u2066Pay\u2069 by Friday, please, or we cancel the contract.'],
  ['windows line ends', 'Dear all,\r\n\r\n1. Send the report by Friday.\r\n2. Call Dr. Smith.\r\n\r\nThanks'],
  ['joined links', 'https://example.com/a?b=c&d=e,'.repeat(700)],
  ['base64', 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'.repeat(600)],
  ['dashes', '-'.repeat(20_000)],
  ['dots', '. '.repeat(10_000)],
  ['open brackets', '('.repeat(20_000)],
  ['list marks', '1. \n'.repeat(5000)],
  ['blank lines', `a${'\n'.repeat(20_000)}b`],
  ['spaces', `The end.${' '.repeat(20_000)}Start.`],
  ['one word', 'word '.repeat(8000)],
  ['capital names', 'Alpha Beta Gamma '.repeat(2500)],
  ['amounts', '$1,234.56 on 2026-01-02, 7.5% '.repeat(1500)],
  ['digits in groups', '1,234,'.repeat(6000)],
  ['combining marks', `e${'\u0301'.repeat(20_000)}`],
  ['emoji', '😀'.repeat(10_000)],
  ['tags', '<script>alert(1)</script> {"__proto__": {"a": 1}} \u0007'.repeat(400)],
  ['no sentence end', 'if we fail the audit then we could lose the contract and '.repeat(600)],
]

const LONGEST: [name: string, text: string][] = [
  [
    '200,000 characters of shuffled lines',
    Array.from({ length: 4000 }, (_, index) => `${lines[(index * 31) % lines.length]} ${index}`)
      .join('\n')
      .slice(0, 200_000),
  ],
  ['200,000 characters in one run', 'x'.repeat(200_000)],
  ['50,000 short lines', 'ok.\n'.repeat(50_000).slice(0, 200_000)],
]

test.each(HOSTILE)(
  '%s: every worker answers within two seconds, with exact quotes',
  async (_name, text) => {
    for (const worker of WORKER_NAMES) expect(await answered(worker, text)).toBeLessThan(2000)
  },
  30_000,
)

test.each(LONGEST)(
  '%s: every worker answers in bounded time, with exact quotes',
  async (_name, text) => {
    for (const worker of WORKER_NAMES) expect(await answered(worker, text)).toBeLessThan(15_000)
  },
  120_000,
)

/** Milliseconds of processor time, which a busy machine does not stretch. */
async function answered(worker: string, text: string): Promise<number> {
  const before = process.threadCpuUsage()
  const outcome = await answerByRules(worker, { text })
  const took = process.threadCpuUsage(before).user / 1000
  const shown = 'result' in outcome ? outcome.result : outcome.partial
  for (const { quote, start, end } of evidenceOf(shown)) expect(text.slice(start ?? 0, end ?? 0)).toBe(quote)
  expect(outcome.info.evidence.missing).toBe(0)
  return took
}
