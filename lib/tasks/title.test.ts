import { expect, test } from 'vitest'
import { previewOf, titleOf } from './title.ts'

test.each([
  ['The river rose. Nobody slept.', 'The river rose.'],
  ['Is the harbour open today? Yes.', 'Is the harbour open today?'],
  ['“The harbour is shut.” He left.', '“The harbour is shut.”'],
  ['Die Lieferung kam am 3. März in Köln an. Sie war nass.', 'Die Lieferung kam am 3. März in Köln an.'],
  ['Wir liefern z. B. Holz und Nägel. Alles andere nicht.', 'Wir liefern z. B. Holz und Nägel.'],
  ['Rechnung Nr. 5 ist offen. Bitte zahlen.', 'Rechnung Nr. 5 ist offen.'],
  ['Termin bei Dr. Smith um neun. Bitte pünktlich.', 'Termin bei Dr. Smith um neun.'],
  ['Bring tools, e.g. Hammers. Then wait.', 'Bring tools, e.g. Hammers.'],
  ['Signed by J. R. Miller in Leeds. It is final.', 'Signed by J. R. Miller in Leeds.'],
  ['Le colis de M. Durand est perdu. Que faire ?', 'Le colis de M. Durand est perdu.'],
  ['La Sra. García llamó ayer. No hubo respuesta.', 'La Sra. García llamó ayer.'],
  ['The bill came to approx. 40 euros. We paid.', 'The bill came to approx. 40 euros.'],
  ['It ended in 2024. Then came rain.', 'It ended in 2024.'],
  ['Река поднялась ночью. Никто не спал.', 'Река поднялась ночью.'],
  ['川の水位が夜に上がった。誰も眠らなかった。', '川の水位が夜に上がった。'],
  ['وصلت الشحنة أمس؟ نعم.', 'وصلت الشحنة أمس؟'],
])('the title of “%s” is its first sentence', (text, title) => {
  expect(titleOf(text)).toBe(title)
})

test('a short beginning is not enough for a title', () => {
  expect(titleOf('Hi! The river rose last night. Come.')).toBe('Hi! The river rose last night.')
})

test('a heading is the title, without what follows it', () => {
  expect(titleOf('\n\n  Minutes of the board\nThe board met.')).toBe('Minutes of the board')
})

test('a long sentence is cut at a word, at most 80 characters long', () => {
  const title = titleOf(`The ${'very '.repeat(40)}long sentence never ends.`)
  expect(title.length).toBeLessThanOrEqual(80)
  expect(title).toMatch(/very…$/)
})

test('an emoji is not cut in half, and an empty text has a title too', () => {
  expect(titleOf('👩‍💻'.repeat(60)).isWellFormed()).toBe(true)
  expect(titleOf(' \n ')).toBe('Untitled')
  expect(previewOf('a\n\n b')).toBe('a b')
})
