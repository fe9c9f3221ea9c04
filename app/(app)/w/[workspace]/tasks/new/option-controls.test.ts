import { expect, test } from 'vitest'
import { optionsSchema, WORKERS } from '#lib/workers/registry.ts'
import {
  changedOptions,
  entryLabel,
  initialOptions,
  optionControls,
  optionProblem,
  relabelled,
} from './option-controls.ts'

test.each(WORKERS.map((worker) => [worker.name, worker] as const))(
  'every option of %s has a control, and its initial values pass',
  (_, worker) => {
    const controls = optionControls(optionsSchema(worker))
    expect(controls.length).toBeGreaterThan(0)
    expect(controls.filter((control) => control.kind === 'json')).toEqual([])
    for (const control of controls) expect(optionProblem(control, control.initial)).toBeNull()
    const input = worker.input.parse({ text: 'x', ...initialOptions(controls) })
    expect(input).toEqual(worker.input.parse({ text: 'x' }))
  },
)

test('a number outside its range names the range', () => {
  const [control] = optionControls({ properties: { n: { type: 'integer', minimum: 1, maximum: 9, default: 3 } } })
  expect(control && optionProblem(control, 12)).toBe('Enter a number from 1 to 9.')
  expect(control && optionProblem(control, null)).toBe('Enter a number from 1 to 9.')
})

test('a list says what is missing and which entry does not fit', () => {
  const schema = {
    properties: { list: { type: 'array', minItems: 2, maxItems: 3, items: { type: 'string', pattern: '=' } } },
  }
  const [control] = optionControls(schema)
  expect(control && optionProblem(control, ['a=b'])).toBe('Add at least 2.')
  expect(control && optionProblem(control, ['a=b', 'c'])).toContain('"c" does not fit.')
  expect(control && optionProblem(control, ['a=b', 'c=d'])).toBeNull()
})

test('editing the labels of a list keeps what its entries say beside their name', () => {
  const entries = [{ name: 'Billing', description: 'Invoices' }, 'Other']
  expect(entries.map(entryLabel)).toEqual(['Billing', 'Other'])
  expect(relabelled(entries, ['Other', 'Billing', 'New'])).toEqual(['Other', entries[0], 'New'])
  expect(entryLabel({ source: 'claim', target: 'Schaden' })).toBe('claim = Schaden')
})

test('a replay repeats only what was changed', () => {
  const definition = WORKERS.find((worker) => worker.name === 'category-classifier')
  const controls = definition ? optionControls(optionsSchema(definition)) : []
  const input = definition?.input.parse({ text: 'x', maxTags: 2 }) as Record<string, unknown>
  const { text: _, ...options } = input
  expect(changedOptions(controls, options)).toEqual({ maxTags: 2 })
})

test('a shape without a control is edited as JSON', () => {
  expect(optionControls({ properties: { odd: { type: 'object', default: {} } } })).toMatchObject([{ kind: 'json' }])
})
