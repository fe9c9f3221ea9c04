import { expect, test } from 'vitest'
import { newTrigger } from '#lib/triggers/shapes.ts'
import { emptyDraft, fieldOf, PRESETS, requestOf } from './trigger-draft.ts'

const draft = { ...emptyDraft('Europe/Berlin'), title: 'Digest', text: 'A letter.', named: ' ', textPath: 'data.text' }

test.each(['schedule', 'webhook', 'document', 'task'] as const)(
  'the draft of a %s is a request as it stands',
  (kind) => {
    const parsed = newTrigger.safeParse(requestOf({ ...draft, kind }))
    expect(parsed.error).toBeUndefined()
    expect(parsed.data?.config.kind).toBe(kind)
  },
)

test('fields left empty are left out', () => {
  expect(requestOf({ ...draft, kind: 'document' }).config).toEqual({ kind: 'document', named: null })
})

test.each(PRESETS)('the preset "$label" is a schedule', ({ value }) => {
  expect(newTrigger.safeParse(requestOf({ ...draft, cron: value })).success).toBe(true)
})

test.each([
  ['trigger.config.cron', 'cron'],
  ['config.timeZone', 'timeZone'],
  ['title', 'title'],
  ['trigger.config.text', 'text'],
  ['workflow', null],
])('a problem at %s belongs to %s', (path, field) => {
  expect(fieldOf(path)).toBe(field)
})
