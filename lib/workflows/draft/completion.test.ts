import { describe, expect, test } from 'vitest'
import { knownOutputs } from '../outputs.ts'
import { scopesIn } from '../scopes.ts'
import { suggestionsAt, type Want } from './completion.ts'
import { edited } from './edit.ts'
import { adviceOn, fixOf } from './fixes.ts'
import { nearest } from './nearest.ts'
import { type Draft, understood } from './read.ts'

const work = (name: string, worker: string, ...needs: string[]) => ({
  name,
  title: name,
  kind: 'worker',
  worker,
  needs,
})
const DRAFT: Draft = {
  steps: [
    work('tone', 'sentiment-analyzer'),
    { ...work('each-part', 'summarizer', 'tone'), kind: 'map', over: 'chunks' },
    work('later', 'summarizer', 'here'),
    { name: 'here', kind: 'condition', needs: ['each-part'], if: '' },
    work('beside', 'summarizer'),
  ],
}
const scopes = scopesIn(understood(DRAFT), knownOutputs({}))
const HERE = scopes('here')

/** The caret stands at `|`. */
function offered(text: string, want: Want = 'expression') {
  const caret = text.indexOf('|')
  const { items, from, to } = suggestionsAt(HERE, text.replace('|', ''), caret, want)
  return { words: items.map(({ word }) => word), items, from, to }
}

describe('completion', () => {
  test('offers the input and the steps that have ended before, and no others', () => {
    expect(offered('|').words.toSorted()).toEqual(['each_part', 'input', 'tone'])
    expect(offered('to|').words).toEqual(['tone'])
    expect(offered('later.|').words).toEqual([])
  })

  test('offers the fields with their types and words, of what is written only', () => {
    const { items, words } = offered("input.text != '' && tone.|")
    expect(words).toEqual(expect.arrayContaining(['label', 'confidence', 'urgency', 'score']))
    expect(items.find(({ word }) => word === 'label')).toMatchObject({
      insert: 'tone.label',
      type: 'choice',
      words: expect.arrayContaining(['negative']),
    })
    expect(offered('tone.conf| == 1')).toMatchObject({ words: ['confidence'], from: 0, to: 9 })
    expect(offered('tone.la|bel').to).toBe(10)
  })

  test('leads through groups and lists in paths, but not through lists in expressions', () => {
    expect(offered('each_part.|', 'text').items.find(({ word }) => word === 'items')).toMatchObject({ leadsOn: true })
    expect(offered('each_part.items.|', 'text').words).toContain('headline')
    expect(offered('each_part.items.head|', 'text').items[0]).toMatchObject({
      insert: 'each_part.items.headline',
      type: 'list of texts',
    })
    expect(offered('each_part.items.|').words).toEqual([])
    expect(offered('tone|').items[0]).toMatchObject({ leadsOn: true })
  })

  test('puts what can be used first', () => {
    const { items } = offered('each_part.|', 'list')
    expect(items[0]?.word).toBe('items')
  })

  test('offers in quotes what the field beside them can be', () => {
    expect(offered("tone.label == '|'")).toMatchObject({ from: 14, to: 16 })
    expect(offered("tone.label == 'neg|").items[0]).toMatchObject({ insert: "'negative'" })
    expect(offered("tone.label in ['positive', '|']").words).toContain("'negative'")
    expect(offered("tone.label == 'a' && input.text == '|'").words).toEqual([])
  })

  test.each(["'tone.|'", '1.|', 'x.y.|', '"a\\"tone.|'])('offers nothing at %s', (text) => {
    expect(offered(text).words).toEqual([])
  })
})

describe('a fix', () => {
  const around = (name: string) => ({
    scope: scopes(name),
    workers: ['summarizer', 'translator'],
    workflows: ['notes'],
  })
  const fixed = (step: object, path: string) => {
    const draft = { steps: [...(DRAFT['steps'] as object[]), { name: 'new', title: 'New', ...step }] }
    const scope = scopesIn(understood(draft), knownOutputs({}))('new')
    const fix = fixOf(draft, 5, path, { ...around('here'), scope })
    if (!fix) return null
    const { draft: next } = edited(draft, fix.edit)
    const { name: _, title: __, kind: ___, ...rest } = (next['steps'] as Record<string, unknown>[])[5] ?? {}
    return { label: fix.label, ...rest }
  }
  const worker = { kind: 'worker', worker: 'summarizer' }

  test.each<[string, object, string, object]>([
    ['a step by its nearest name', { ...worker, needs: ['toen.yes'] }, 'needs.0', { label: 'Use tone.yes' }],
    ['a branch that there is not', { ...worker, needs: ['tone.yes'] }, 'needs.0', { needs: ['tone'] }],
    ['a stand-in', { ...worker, onFailure: { fallback: 'besid' } }, 'onFailure.fallback', { label: 'Use beside' }],
    ['a worker', { kind: 'worker', worker: 'sumarizer' }, 'worker', { worker: 'summarizer' }],
    ['a workflow', { kind: 'workflow', workflow: 'note' }, 'workflow', { workflow: 'notes' }],
    ['a need for a path', { ...worker, text: 'tone.summary' }, 'text', { label: 'Wait for tone', needs: ['tone'] }],
    [
      'a need for an option',
      { ...worker, options: { focus: { from: 'tone.a' } } },
      'options.focus',
      { needs: ['tone'] },
    ],
    ['a need for an expression', { kind: 'condition', if: "tone.label == 'x'" }, 'if', { needs: ['tone'] }],
    ['a field', { ...worker, needs: ['tone'], text: 'tone.lable' }, 'text', { label: 'Use tone.label' }],
    ['a root', { ...worker, text: 'inptu.text' }, 'text', { text: 'input.text' }],
    [
      'a field in an expression',
      { kind: 'condition', needs: ['tone'], if: "tone.lable == 'positive' && 'tone.lable' != ''" },
      'if',
      { if: "tone.label == 'positive' && 'tone.lable' != ''" },
    ],
  ])('mends %s', (_, step, path, expected) => {
    expect(fixed(step, path)).toMatchObject(expected)
  })

  test('is not offered where nobody can tell what was meant, or where a step would wait for itself', () => {
    expect(fixed({ ...worker, needs: ['something-else'] }, 'needs.0')).toBeNull()
    expect(fixed({ ...worker, text: 'new.text' }, 'text')).toBeNull()
    expect(fixOf(DRAFT, 3, 'if', around('here'))).toBeNull()
    const later = edited(DRAFT, { do: 'set', at: ['steps', 3, 'if'], to: 'later.headline' }).draft
    expect(fixOf(later, 3, 'if', around('here'))).toBeNull()
  })

  test('gives an approval two days', () => {
    const [advice] = adviceOn({ steps: [{ kind: 'approval' }, { kind: 'approval', timeoutHours: 1 }] })
    expect(advice).toMatchObject({ index: 0, path: 'timeoutHours', fix: { label: 'Set 2 days' } })
    expect(edited({ steps: [{}] }, advice!.fix.edit).draft).toEqual({ steps: [{ timeoutHours: 48 }] })
  })
})

test.each([
  ['sumary', ['summary', 'tone'], 'summary'],
  ['a', ['b', 'c'], null],
  ['tone', [], null],
  ['completely', ['different'], null],
])('the word nearest to %s of %j is %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
})
