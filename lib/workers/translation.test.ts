import { describe, expect, test } from 'vitest'
import type { Model } from './define.ts'
import { assembleTranslation, segmentsOf } from './translation.ts'
import { checkTranslation } from './translation-checks.ts'
import { workerNamed } from './registry.ts'
import { translator } from './translator.ts'

type Sent = { id: number; text: string }[]

/** Plays a model that answers each batch with what `answer` makes of it. */
function modelThat(
  answer: (sent: Sent, call: number) => { id: number; translation: string }[],
): Model & { calls: Sent[] } {
  const calls: Sent[] = []
  return {
    calls,
    generate: (request: { prompt: string }) => {
      const sent = JSON.parse(request.prompt.replace(/^<[^>]+>|<[^>]+>$/g, '')) as Sent
      calls.push(sent)
      return Promise.resolve({ sourceLanguage: 'de', segments: answer(sent, calls.length) } as never)
    },
  } as Model & { calls: Sent[] }
}

function translated(text: string, model: Model) {
  return translator.run(translator.input.parse({ text }), {
    model,
    signal: new AbortController().signal,
    checkWorkflow: () => Promise.resolve([]),
  })
}

const upper = (sent: Sent) => sent.map(({ id, text }) => ({ id, translation: text.toUpperCase() }))

describe('with a model', () => {
  test('the translation keeps the layout, and every segment points into the text', async () => {
    const text = '  Guten Tag.\n\n1. Eins kostet 5 €.\n2. Zwei.\n'
    const result = await translated(text, modelThat(upper))
    expect(result.translation).toBe('  GUTEN TAG.\n\n1. EINS KOSTET 5 €.\n2. ZWEI.\n')
    expect(result).toMatchObject({ sourceLanguage: 'de', unchanged: false })
    for (const { start, end, source } of result.segments) expect(text.slice(start, end)).toBe(source)
    expect(translator.output.parse(result)).toEqual(result)
  })

  test('a long text is asked for in batches, and a segment left out is asked for once more', async () => {
    const text = Array.from({ length: 100 }, (_, index) => `Satz Nummer ${index}.`).join(' ')
    const model = modelThat((sent) => upper(sent).filter(({ id }) => id !== 7 || sent.length === 1))
    const result = await translated(text, model)
    expect(model.calls.length).toBe(4)
    expect(result.segments.every(({ target }) => target !== null)).toBe(true)
  })

  test('what stays missing is shown as missing, not invented; foreign ids are ignored', async () => {
    const result = await translated(
      'Eins. Zwei.',
      modelThat(() => [
        { id: 1, translation: 'One.' },
        { id: 9, translation: 'x' },
      ]),
    )
    expect(result.segments.map(({ target }) => target)).toEqual(['One.', null])
    expect(result.translation).toBe('One. Zwei.')
    expect(result.checks).toContainEqual({
      check: 'complete',
      passed: false,
      message: 'This segment has no translation.',
      segment: 1,
    })
  })
})

describe('checks', () => {
  const check = (source: string, target: string | null, glossary: { source: string; target: string }[] = []) =>
    checkTranslation({ segments: [{ source, target }], glossary, sameLanguage: false })
      .filter(({ passed }) => !passed)
      .map((row) => row.check)

  test('numbers may change their marks but not their digits', () => {
    expect(check('Preis: 1.349,90 €', 'Price: €1,349.90')).toEqual([])
    expect(check('Preis: 349,90 €', 'Price: €394.90')).toEqual(['numbers'])
  })

  test('addresses, the glossary, the length and an untranslated sentence are looked at', () => {
    expect(check('Siehe https://a.example/x', 'See the page')).toEqual(['links'])
    expect(check('Die Kaffeemaschine', 'The machine', [{ source: 'Kaffeemaschine', target: 'coffee maker' }])).toEqual([
      'glossary',
    ])
    expect(check('Dies ist ein langer Satz, der übersetzt werden muss.', 'So.')).toEqual(['length'])
    expect(check('wir haben das nicht bekommen', 'wir haben das nicht bekommen')).toEqual(['untranslated'])
  })
})

test('a text of very many lines has at most 2,000 segments', () => {
  const text = 'a.\n'.repeat(60_000)
  const segments = segmentsOf({ text })
  expect(segments.length).toBeLessThanOrEqual(2000)
  const whole = assembleTranslation(
    { text, targetLanguage: 'en', glossary: [] },
    'en',
    segments,
    segments.map((segment) => segment.text),
  )
  expect(whole.translation).toBe(text)
})

test('the glossary takes "term = translation" and refuses half of it', () => {
  const { input } = workerNamed('translator')
  expect(input.safeParse({ text: 'a', glossary: ['Tee = tea', { source: 'Ei', target: 'egg' }] }).success).toBe(true)
  expect(input.safeParse({ text: 'a', glossary: ['Tee ='] }).success).toBe(false)
})
