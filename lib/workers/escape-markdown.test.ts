import { expect, test } from 'vitest'
import { escapeMarkdown } from './escape-markdown.ts'

test.each([
  ['## Heading', String.raw`\## Heading`],
  ['  #', String.raw`  \#`],
  ['- item', String.raw`\- item`],
  ['---', String.raw`\---`],
  ['===', String.raw`\===`],
  ['12) item', String.raw`12\) item`],
  ['1.', String.raw`1\.`],
  ['a | b', String.raw`a \| b`],
  ['<script>', String.raw`\<script\>`],
  ['&lt;b&gt; &#60;', String.raw`\&lt;b\&gt; \&#60;`],
  ['``` ~~~', '\\`\\`\\` \\~\\~\\~'],
  ['![x](y) [^1]: z', String.raw`!\[x\](y) \[^1\]: z`],
])('%s does not become markup', (line, written) => {
  expect(escapeMarkdown(line)).toBe(written)
})

test.each(['-5 degrees', 'R&D and 1.5 kg', 'a - b', '2026-11-23', '+49 30 1234', 'C# code'])(
  '%s stays as it is',
  (line) => {
    expect(escapeMarkdown(line)).toBe(line)
  },
)
