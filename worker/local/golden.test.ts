import { describe, expect, test, vi } from 'vitest'
import { evidenceOf } from '#lib/workers/quotes.ts'
import { sentencesOf } from '#lib/workers/sentences.ts'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { answerByRules } from './answer.ts'
import golden from './golden.json' with { type: 'json' }
import { languageOf } from './language.ts'

vi.setConfig({ testTimeout: 30_000 })

async function resultOf<T>(worker: string, sample: string, options: object = {}): Promise<T> {
  const outcome = await answerByRules(worker, { text: textOf(sample), ...options })
  if (!('result' in outcome)) throw new Error('blocked')
  return outcome.result as T
}

function textOf(id: string): string {
  return SAMPLES.find((sample) => sample.id === id)?.text ?? id
}

type Claims = { text: string; severity?: string; kind?: string; due?: string | null; priority?: string }[]
type Analysis = {
  documentType: string | null
  risks: Claims
  actions: Claims
  facts: { value: string; label: string | null }[]
  names: { name: string; kind: string | null }[]
}
type Sentiment = { label: string | null; score: number | null; urgency: string | null; emotions: { emotion: string }[] }
type Category = { category: string | null; confidence: string | null; scores: { category: string }[] }
type Questions = {
  questions: { question: string; answer: string | null; form: string; kind: string; difficulty: string }[]
}
type Summary = { summary: string; headline: string | null; keyPoints: Claims }

describe('language', () => {
  test('at least 32 of 35 short lines are told right', () => {
    expect(
      golden.languages.filter(({ language, text }) => languageOf(text) === language).length,
    ).toBeGreaterThanOrEqual(32)
  })

  test('what has no language stays unknown', () => {
    expect(golden.unknown.map(languageOf)).toEqual(golden.unknown.map(() => null))
  })
})

describe('sentences', () => {
  test('none ends at a title, an initial or a German date', () => {
    const ends = SAMPLES.flatMap(({ text, language }) => sentencesOf(text, language)).map(({ text }) => text)
    expect(ends.filter((text) => /(?:\b(?:Dr|St|Mr|Ms|Frau|y\.o)\.|\b3\.)$/.test(text))).toEqual([])
    expect(ends.find((text) => text.startsWith('Dr. Priya Raman'))).toContain('suspected appendicitis.')
  })

  test('a letter that is a mark ends a sentence, an initial does not', () => {
    expect(
      sentencesOf('It fell in hall B. Two saw it. J. Smith and George W. Bush did not.').map(({ text }) => text),
    ).toEqual(['It fell in hall B.', 'Two saw it.', 'J. Smith and George W. Bush did not.'])
  })

  test('list items are sentences of their own', () => {
    const plan = sentencesOf(textOf('progress-note')).filter(({ text }) => /^\d\. /.test(text))
    expect(plan.map(({ text }) => text.slice(0, 8))).toEqual([
      '1. Start',
      '2. Hold ',
      '3. Order',
      '4. Conti',
      '5. Consu',
      '6. Follo',
    ])
  })

  test('the pieces of a very long run are cut between characters', () => {
    const pieces = sentencesOf('😀'.repeat(2000))
    expect(pieces.map(({ text }) => text).join('')).toBe('😀'.repeat(2000))
    expect(pieces.every(({ text }) => text.isWellFormed())).toBe(true)
  })
})

describe('category classifier', () => {
  test('at least 30 of 40 short texts get the right category first, and most sure answers are right', async () => {
    const results = await Promise.all(
      golden.categories.map(async ({ category, text }) => ({
        category,
        result: await resultOf<Category>('category-classifier', text, { categories: golden.definitions }),
      })),
    )
    expect(
      results.filter(({ category, result }) => result.scores[0]?.category === category).length,
    ).toBeGreaterThanOrEqual(30)
    const sure = results.filter(({ result }) => result.confidence === 'high')
    expect(sure.filter(({ category, result }) => result.category === category).length / sure.length).toBeGreaterThan(
      0.85,
    )
  })

  test.each([
    ['support-ticket', 'Technical problem'],
    ['progress-note', 'Medical & health'],
    ['quarterly-results', 'Finance & markets'],
  ])('%s is %s', async (sample, category) => {
    expect(await resultOf<Category>('category-classifier', sample)).toMatchObject({ category })
  })

  test('a German text finds a category by the words of its name, and none by chance', async () => {
    const categories = ['Reklamation', 'Bewerbung', 'Rechnung']
    expect(await resultOf('category-classifier', 'german-complaint', { categories })).toMatchObject({
      category: 'Reklamation',
      confidence: 'low',
    })
    expect(await resultOf('category-classifier', 'german-complaint')).toMatchObject({ category: null })
  })

  test('a text about something else gets no category, unless one must be chosen', async () => {
    const text = 'My grandmother bakes bread every Sunday.'
    expect(await resultOf('category-classifier', text)).toMatchObject({ category: null, confidence: null })
    expect(await resultOf('category-classifier', text, { allowNone: false })).toMatchObject({ confidence: 'low' })
  })
})

describe('sentiment analyzer', () => {
  test.each([
    ['support-ticket', 'negative'],
    ['insurance-appeal', 'negative'],
    ['quarterly-results', 'negative'],
    ['Thank you so much, the new lamp is wonderful and works perfectly!', 'positive'],
    ['The meeting is on Tuesday in room 4.', 'neutral'],
    ['The suction is excellent. The battery is a joke. I love the app. Support never answered, I am furious.', 'mixed'],
  ])('%s reads %s', async (sample, label) => {
    expect(await resultOf<Sentiment>('sentiment-analyzer', sample)).toMatchObject({ label })
  })

  test('the ticket is urgent, and shows frustration and anger', async () => {
    const { urgency, emotions } = await resultOf<Sentiment>('sentiment-analyzer', 'support-ticket')
    expect(urgency).toBe('high')
    expect(emotions.map(({ emotion }) => emotion)).toEqual(expect.arrayContaining(['frustration', 'anger', 'urgency']))
  })

  test.each([
    'german-complaint',
    'progress-note',
    '!!!',
    'La livraison est arrivée en retard et le produit est cassé.',
  ])('%s gets no tone, and the reason is said', async (sample) => {
    const outcome = await answerByRules('sentiment-analyzer', { text: textOf(sample) })
    expect(outcome).toMatchObject({ result: { label: null, score: null }, info: { confidence: null } })
    expect(outcome.info.limits[0]).toContain('The tone was not scored')
  })
})

describe('document analyzer', () => {
  test('finds the threats, demands and values of the ticket', async () => {
    const { risks, actions, facts, names } = await resultOf<Analysis>('document-analyzer', 'support-ticket')
    expect(risks.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'If we fail that audit we could lose a contract worth €1.2 million.',
        "If this isn't sorted out by Friday we're cancelling and asking for a full refund.",
      ]),
    )
    expect(actions[0]).toMatchObject({
      text: 'Our deleted data restored from backup today.',
      due: 'today',
      priority: 'high',
    })
    expect(facts.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['€1.2 million', '$2,900', '214 work orders']),
    )
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['Kevin', 'Hartwell Energy', 'Dana Whitlock']))
  })

  test('finds all six items of the plan and the covenant', async () => {
    const note = await resultOf<Analysis>('document-analyzer', 'progress-note')
    expect(note.documentType).toBe('Clinical note')
    expect(note.actions).toHaveLength(6)
    expect(note.risks.map(({ text }) => text).join()).not.toContain('no acute ischemic changes')
    const { risks, facts } = await resultOf<Analysis>('document-analyzer', 'quarterly-results')
    expect(risks[0]?.text).toContain('covenant')
    expect(facts).toEqual(
      expect.arrayContaining([expect.objectContaining({ value: '$3.6 billion', label: 'Total debt' })]),
    )
  })

  test('reads German by German cues', async () => {
    const { risks, actions, facts } = await resultOf<Analysis>('document-analyzer', 'german-complaint')
    expect(risks[0]?.text).toContain('Verbraucherzentrale')
    expect(actions[0]).toMatchObject({ due: 'bis zum 15. Mai 2026' })
    expect(facts.map(({ value }) => value)).toEqual(expect.arrayContaining(['349,90 €', '3. April 2026']))
  })

  test('names who has to act, where the text does', async () => {
    const text = 'Notes.\n- Tom will fix the pool settings by Friday.\n- Amira to ask the legal department.'
    expect(await resultOf('document-analyzer', text)).toMatchObject({
      actions: [{ owner: 'Tom', due: 'by Friday', origin: 'stated' }, { owner: 'Amira' }],
    })
  })

  test('for a language without cues it says that risks were not looked for', async () => {
    const { info } = await answerByRules('document-analyzer', {
      text: 'Il contratto scade il 4 maggio. Il fornitore non ha risposto.',
    })
    expect(info.limits.join()).toContain('Risks and actions were not looked for')
  })
})

describe('summarizer', () => {
  test('quotes whole sentences: the appeal keeps its request and its legal ground', async () => {
    const { summary } = await resultOf<Summary>('summarizer', 'insurance-appeal')
    expect(summary).toContain('I ask that you reverse the denial')
    expect(summary).toContain('emergency admissions do not require prior authorization')
  })

  test('length, style and focus are obeyed', async () => {
    const short = await resultOf<Summary>('summarizer', 'quarterly-results', {
      length: 'short',
      style: 'bullets',
      maxKeyPoints: 2,
    })
    expect(short.summary.split('\n')).toHaveLength(2)
    expect(short.summary).toMatch(/^- /)
    expect(short.keyPoints).toHaveLength(2)
    const focused = await resultOf<Summary>('summarizer', 'quarterly-results', {
      length: 'short',
      focus: 'offshore wind',
    })
    expect(focused.summary).toContain('offshore wind')
  })

  test('the subject line is the headline, in its own words', async () => {
    expect(await resultOf<Summary>('summarizer', 'german-complaint')).toMatchObject({
      headline: 'Reklamation zur Bestellung 20260-7713 – defekte Kaffeemaschine',
    })
  })
})

describe('question generator', () => {
  test.each(SAMPLES.map(({ id }) => id))(
    '%s: filling in the answers gives back sentences of the text',
    async (sample) => {
      const { questions } = await resultOf<Questions>('question-generator', sample, {
        kind: 'comprehension',
        count: 20,
      })
      const text = textOf(sample).replace(/\s+/g, ' ')
      expect(questions.length).toBeGreaterThanOrEqual(3)
      for (const { question, answer } of questions)
        expect(text).toContain(question.replace('_____', answer ?? '?').replace(/\s+/g, ' '))
    },
  )

  test('count, kind and answers are obeyed', async () => {
    const { questions } = await resultOf<Questions>('question-generator', 'insurance-appeal', {
      count: 3,
      kind: 'review',
      answers: false,
    })
    expect(questions).toHaveLength(3)
    expect(questions.every(({ kind, answer }) => kind === 'review' && answer === null)).toBe(true)
  })
})

describe('translator', () => {
  test('without a model it is blocked and still shows what is true', async () => {
    const text = textOf('german-complaint')
    const outcome = await answerByRules('translator', {
      text,
      glossary: ['Kaffeemaschine = coffee maker', 'Tee = tea'],
    })
    if (!('blocked' in outcome)) throw new Error('not blocked')
    const partial = outcome.partial as {
      segments: { start: number; end: number; source: string; target: null }[]
      protected: { value: string; start: number; end: number }[]
    }
    expect(outcome).toMatchObject({ blocked: 'needs_model', partial: { sourceLanguage: 'de', targetLanguage: 'en' } })
    for (const { start, end, source, target } of partial.segments)
      expect([text.slice(start, end), target]).toEqual([source, null])
    for (const { start, end, value } of partial.protected) expect(text.slice(start, end)).toBe(value)
    expect(partial.protected.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['349,90 €', '15. Mai 2026', 'Frau Lehmann']),
    )
    expect(outcome.partial['glossary']).toMatchObject([{ found: true }, { found: false }])
  })

  test('a text already in the language asked for is completed unchanged', async () => {
    const text = textOf('german-complaint')
    const result = await resultOf('translator', 'german-complaint', { targetLanguage: 'de' })
    expect(result).toMatchObject({ unchanged: true, translation: text, sourceLanguage: 'de' })
  })
})

test.each(SAMPLES.map(({ id }) => id))('%s: the same text gives the same result, with exact quotes', async (sample) => {
  for (const worker of [
    'document-analyzer',
    'sentiment-analyzer',
    'summarizer',
    'question-generator',
    'category-classifier',
  ]) {
    const first = await resultOf(worker, sample)
    expect(await resultOf(worker, sample)).toEqual(first)
    for (const { quote, start, end } of evidenceOf(first))
      expect(textOf(sample).slice(start ?? 0, end ?? 0)).toBe(quote)
  }
})
