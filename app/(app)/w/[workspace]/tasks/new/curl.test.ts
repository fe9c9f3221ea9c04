import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlCommand, shortened } from './curl.ts'

const ENV = { NODE_ENV: 'test', PATH: '/usr/bin:/bin', BATON_API_KEY: 'bt_secret' } as const
const url = 'http://localhost:3000/api/v1/workspaces/northgate/tasks'

/** Lets a real shell take the command apart: what curl would be given as arguments and on standard input. */
function asShellReadsIt(command: string): { args: string[]; body: string } {
  const script = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat;; esac; }\n${command}\n`
  const output = execFileSync('sh', [], { input: script, env: ENV, encoding: 'utf8' })
  const parts = output.split('\0')
  const rest = parts.pop() ?? ''
  return { args: parts, body: rest === '' ? (parts.at(-1) ?? '') : rest }
}

test.each([
  ['plain', 'Hello'],
  ['quotes, dollars and backslashes', `It's "$HOME" \`id\` \\n 'x' ! $(date)`],
  ['line breaks and a line that looks like an end mark', 'one\nJSON\ntwo\r\n'],
  ['other scripts', 'مرحبا 你好 🙂'],
  ['a text too long for an argument', `it's ${'ä'.repeat(190_000)}`],
])('the shell hands on %s unchanged', (_, text) => {
  const request = { worker: 'summarizer', input: { text }, priority: 'normal' as const }
  const { args, body } = asShellReadsIt(curlCommand(url, request, ''))
  expect(args[0]).toBe(url)
  expect(args).toContain('Authorization: Bearer bt_secret')
  expect(JSON.parse(body)).toEqual(request)
})

test('the idempotency key becomes a header', () => {
  const command = curlCommand(url, { worker: 'summarizer', input: { text: 'x' } }, "it's-1")
  expect(asShellReadsIt(command).args).toContain("Idempotency-Key: it's-1")
  expect(curlCommand(url, { worker: 'summarizer', input: { text: 'x' } }, '')).not.toContain('Idempotency-Key')
})

test('a long text is cut for looking at', () => {
  const request = { worker: 'summarizer', input: { text: 'word '.repeat(50), length: 'short' } }
  expect(shortened(request).input).toEqual({
    text: `${'word '.repeat(10).trimEnd().slice(0, 48).trimEnd()}…`,
    length: 'short',
  })
})
