import { describe, expect, test } from 'vitest'
import type { CatalogueWorker } from '../../tasks/new/catalogue.ts'
import { emptyDraft } from '../../tasks/new/draft.ts'
import { startProblemOf, startProblems, startRequestOf } from './start-draft.ts'

const worker = (name: string): CatalogueWorker => ({
  name,
  title: name,
  summary: '',
  controls: [
    { name: 'sentences', title: 'Sentences', description: null, kind: 'number', min: 1, max: 10, initial: 3 },
  ] as CatalogueWorker['controls'],
  output: {},
  exampleOutput: {},
  instructionTokens: 0,
  needsModel: false,
})
const steps = ['short', 'long'].map((name) => ({
  name,
  title: name === 'short' ? 'Short summary' : 'Long summary',
  worker: 'summarizer',
  needs: [],
  onFailure: 'fail' as const,
  catalogue: worker('summarizer'),
}))
const NOW = Date.parse('2026-11-25T09:00:00Z')
const draft = { ...emptyDraft('short'), text: 'A letter.' }

describe('the form of a run', () => {
  test('sends tags, external id and times as the form of a task does, and says when a time has passed', () => {
    const given = { ...draft, tags: ['north'], externalId: ' LET-7 ', dueAt: '2026-11-26T09:00' }
    expect(startRequestOf(given, 'letters')).toEqual({
      workflow: 'letters',
      input: { text: 'A letter.' },
      tags: ['north'],
      externalId: 'LET-7',
      dueAt: new Date('2026-11-26T09:00').toISOString().replace('.000Z', 'Z'),
      priority: 'normal',
    })
    expect(startProblems({ ...given, dueAt: '2026-11-20T09:00' }, steps, NOW).map(({ field }) => field)).toEqual([
      'dueAt',
    ])
  })

  test('sends the options that were changed, by step, and nothing that has its default', () => {
    const changed = { ...draft, title: ' A title ', options: { long: { sentences: 8 }, short: {} } }
    expect(startRequestOf(changed, 'both')).toEqual({
      workflow: 'both',
      input: { text: 'A letter.' },
      title: 'A title',
      priority: 'normal',
      options: { long: { sentences: 8 } },
    })
  })

  test('sends the document in place of its text, until that is changed', () => {
    const given = { part: { document: '0190a000-0000-7000-8000-000000000000' }, text: draft.text }
    expect(startRequestOf(draft, 'both', given).input).toEqual({ text: given.part })
    expect(startRequestOf({ ...draft, text: 'Mine.' }, 'both', given).input).toEqual({ text: 'Mine.' })
  })

  test('names the step of an option that does not fit, and the text once', () => {
    expect(startProblems(draft, steps, NOW)).toEqual([])
    const wrong = { ...draft, text: '', options: { long: { sentences: 99 } } }
    expect(startProblems(wrong, steps, NOW).map(({ field, label }) => [field, label])).toEqual([
      ['text', 'Text'],
      ['long.option-sentences', 'Long summary: Sentences'],
    ])
  })

  test('puts what the server refuses beside its field', () => {
    const at = (path: string) => startProblemOf({ path, message: 'No.' }, steps)
    expect(at('request.input.text')).toMatchObject({ field: 'text', label: 'Text' })
    expect(at('options.short.sentences')).toMatchObject({
      field: 'short.option-sentences',
      label: 'Short summary: Sentences',
    })
    expect(at('title')).toMatchObject({ field: 'title' })
  })
})
