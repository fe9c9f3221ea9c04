import { expect, test } from 'vitest'
import { digitsOf, factsOf } from './facts.ts'

function found(text: string): string[] {
  const facts = factsOf(text)
  for (const { value, start, end } of facts) expect(text.slice(start, end)).toBe(value)
  return facts.map(({ kind, value }) => `${kind} ${value}`)
}

test.each([
  ['a contract worth €1.2 million, or $2,900 a month', ['money €1.2 million', 'money $2,900']],
  ['zum Preis von 349,90 € am 3. April 2026', ['money 349,90 €', 'date 3. April 2026']],
  ['closed down 8.7% in Oslo at 142.30 kroner', ['percentage 8.7%', 'money 142.30 kroner']],
  [
    'claim 4471-22-9083, policy NFM-PPO-2231, dated March 14, 2026',
    ['identifier 4471-22-9083', 'identifier NFM-PPO-2231', 'date March 14, 2026'],
  ],
  ['within thirty (30) days, at 7:40 AM or 14:05', ['duration thirty (30) days', 'time 7:40 AM', 'time 14:05']],
  ['furosemide 40 mg, creatinine 1.7 mg/dL, 40.1 °C', ['measure 40 mg', 'measure 1.7 mg/dL', 'measure 40.1 °C']],
  ['We lost 214 work orders', ['quantity 214 work orders']],
  [
    'mail a.b+c@example.org or https://example.org/x?y=1.',
    ['email a.b+c@example.org', 'link https://example.org/x?y=1'],
  ],
  ['2026年5月15日までに、до 15 мая 2026', ['date 2026年5月15日', 'date 15 мая 2026']],
  [
    'EUR 18,400 and 4,2 milioni di euro at 14 km/h',
    ['money EUR 18,400', 'money 4,2 milioni di euro', 'measure 14 km/h'],
  ],
  ['avant le 31 mars 2026', ['date 31 mars 2026']],
  ['Elena, who is nine years old, paid ₪1,200', ['money ₪1,200']],
])('%s', (text, facts) => {
  expect(found(text)).toEqual(facts)
})

test('ordinary sentences hold no facts', () => {
  expect(found('The well-known plan may work, and I am sure that Mr. Smith agrees.')).toEqual([])
})

test('numbers compare by their digits, whatever their marks and script', () => {
  expect(digitsOf('1.200,50 and 1,200.50 and ١٢٠٠')).toEqual(['120050', '120050', '1200'])
  expect(digitsOf('𝟙𝟚 and ४५')).toEqual(['12', '45'])
})
