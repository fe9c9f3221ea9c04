import { expect, test } from 'vitest'
import { headingsOf } from './headings.ts'

const textsOf = (text: string) => headingsOf(text).map((heading) => heading.text)

test.each([
  ['marks of Markdown', '# Report\n\nOne.\n\n### 2.1 Costs ###\nTwo.', ['Report', '2.1 Costs']],
  ['underlines', 'Report\n======\n\nOne.\n\nCosts\n---\nTwo.', ['Report', 'Costs']],
  [
    'words for parts of a text',
    'Chapter 4: The sea\nIt was calm.\n\n§ 5\n\nNobody came.',
    ['Chapter 4: The sea', '§ 5'],
  ],
  ['capitals', 'GOVERNING LAW\nThis agreement is governed by it.', ['GOVERNING LAW']],
  ['a short line above a paragraph', 'Course in hospital\n\nWe treated the pneumonia.', ['Course in hospital']],
  [
    'a short line directly above longer ones',
    'Dear Dr. Imai,\n\nHistory and admission\nMs. Abernathy came to the emergency department on\nNovember 9 with fever.',
    ['History and admission'],
  ],
  ['two in a row, by the nearer', '1. Introduction\n\n1.1 Purpose\n\nThis text says why.', ['1.1 Purpose']],
  ['titles in other scripts', '第一章 概要\n\nこれは本文です。', ['第一章 概要']],
])('headings are found by %s', (_, text, expected) => {
  expect(textsOf(text)).toEqual(expected)
})

test.each([
  [
    'a wrapped paragraph',
    'The fox jumps over the lazy dog and then goes to the\nMarket to buy some eggs for the coming\nday.',
  ],
  [
    'the cells of a table',
    'Apixaban\n\n5 mg\n\nTwice daily\n\nBisoprolol\n\n10 mg\n\nMornings only, as before the admission to hospital.',
  ],
  ['fields of a message', 'Subject: the claim\n\nDate: today\n\nWe write to you about the claim of last year.'],
  ['a comment in code', '```\n# not a heading\n```\n'],
  ['dates and numbers', '17. 11. 2026\n\nWe report on your patient, who was in our care.'],
  ['bullets', '- First\n\n- Second\n\nThen we went on with the rest of the work.'],
  ['a sentence', 'It was calm.\n\nNobody came to the shore on that day in November.'],
])('%s is none', (_, text) => {
  expect(textsOf(text)).toEqual([])
})

test('a heading begins where its line begins, also behind a form feed and with \\r\\n', () => {
  const text = 'One.\r\n\r\n  ## Costs\r\nTwo.\r\n\fIn the end\r\n\r\nThree is what remains of the text.'
  expect(headingsOf(text)).toEqual([
    { start: text.indexOf('  ## Costs'), text: 'Costs' },
    { start: text.indexOf('\fIn'), text: 'In the end' },
  ])
})
