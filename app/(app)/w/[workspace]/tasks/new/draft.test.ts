import { expect, test } from 'vitest'
import { draftOf, emptyDraft, fieldOfIssue, localTime, requestOf } from './draft.ts'
import { readRequest } from './read-request.ts'

const workers = ['summarizer', 'translator']

test('a time edited as JSON keeps its seconds', () => {
  const request = { worker: 'summarizer', input: { text: 'x' }, dueAt: '2027-01-05T09:30:17.250Z' }
  expect(requestOf(draftOf(request, emptyDraft('summarizer'))).dueAt).toBe(request.dueAt)
})

test('an untouched draft asks for the text alone', () => {
  expect(requestOf({ ...emptyDraft('summarizer'), text: 'Hello' })).toEqual({
    worker: 'summarizer',
    input: { text: 'Hello' },
    priority: 'normal',
  })
})

test('form and JSON are the same request, there and back', () => {
  const draft = {
    ...emptyDraft('summarizer'),
    text: "It's “quoted”",
    options: { summarizer: { length: 'short' } },
    engine: 'rules' as const,
    priority: 'high' as const,
    dueAt: '2027-01-05T09:30',
    title: 'Pilot',
    tags: ['a', 'b'],
    externalId: 'x-1',
  }
  const json = JSON.stringify(requestOf(draft))
  const read = readRequest(json, workers)
  expect('request' in read && draftOf(read.request, draft)).toEqual(draft)
})

test('a text from a document is asked for by its document, until it is changed', () => {
  const part = { document: '0190a000-0000-7000-8000-000000000000', pages: '2-5' }
  const given = { part, text: 'Four pages.' }
  const draft = { ...emptyDraft('summarizer'), text: given.text, title: 'Letter' }
  const request = requestOf(draft, given)
  expect(request.input).toEqual({ text: part })
  expect(requestOf({ ...draft, text: 'Fewer.' }, given).input).toEqual({ text: 'Fewer.' })
  const read = readRequest(JSON.stringify(request), workers, part)
  expect('request' in read && draftOf(read.request, draft, given)).toMatchObject({ text: given.text, title: 'Letter' })
  for (const other of [null, { ...part, pages: '2-6' }, { document: part.document }])
    expect(readRequest(JSON.stringify(request), workers, other)).toEqual({
      problem: expect.stringContaining('not the document of this form'),
    })
})

test('options of a worker survive a change to another and back', () => {
  const draft = { ...emptyDraft('translator'), text: 'x', options: { summarizer: { length: 'short' } } }
  expect(requestOf(draft).input).toEqual({ text: 'x' })
  expect(requestOf({ ...draft, worker: 'summarizer' }).input).toEqual({ text: 'x', length: 'short' })
})

test.each([
  ['input.text', 'text'],
  ['input', 'text'],
  ['input.categories.2.name', 'option-categories'],
  ['request.dueAt', 'dueAt'],
  ['tags.0', 'tags'],
])('an issue at %s belongs to the field %s', (path, field) => {
  expect(fieldOfIssue({ path, message: '' })).toBe(field)
})

test('local times are written as the browser reads them', () => {
  expect(localTime(new Date(2026, 0, 5, 9, 7))).toBe('2026-01-05T09:07')
  expect(localTime(new Date(2026, 0, 5, 9, 7, 3))).toBe('2026-01-05T09:07:03')
  expect(localTime(new Date(2026, 0, 5, 9, 7, 0, 250))).toBe('2026-01-05T09:07:00.250')
})
