import { expect, test } from 'vitest'
import { submitRequest } from '#lib/tasks/requests.ts'
import { readRequest } from './read-request.ts'

const workers = ['summarizer', 'translator']

test.each([
  ['{', 'This is not JSON yet.'],
  ['[]', 'A request is an object'],
  ['{"worker":"summarizer","input":{}}', 'input.text: the text is missing.'],
  ['{"worker":"baker","input":{"text":"x"}}', 'there is no worker "baker"'],
  ['{"worker":"summarizer","input":{"text":"x"},"dueAt":"tomorrow"}', 'dueAt: use an ISO 8601 time'],
  ['{"worker":"summarizer","input":{"text":"x"},"colour":"red"}', 'colour: there is no such field.'],
  ['{"input":{"text":"x"}}', 'worker: the name of a worker is missing.'],
  ['{"worker":"summarizer","input":{"text":"x"},"priority":"soon"}', 'priority: use one of low, normal, high, urgent.'],
  ['{"worker":"summarizer","input":{"text":"x"},"priority":["high"]}', 'priority: use one of'],
  ['{"worker":"summarizer","input":{"text":"x"},"tags":"a"}', 'tags: use a list of texts.'],
  ['{"worker":"summarizer","input":{"text":"x"},"__proto__":{}}', '__proto__: there is no such field.'],
  ['{"worker":"summarizer","input":{"text":"x"},"constructor":1}', 'constructor: there is no such field.'],
])('%s is refused with the reason', (json, reason) => {
  const read = readRequest(json, workers)
  expect('problem' in read && read.problem).toContain(reason)
})

test('knows the same fields as the server', () => {
  const all = Object.keys(submitRequest.shape)
  for (const field of all) {
    const read = readRequest(JSON.stringify({ worker: 'summarizer', input: { text: 'x' }, [field]: {} }), workers)
    expect('problem' in read ? read.problem : '').not.toContain(`${field}: there is no such field`)
  }
})
