// Results as Markdown and as plain text, for copying and exports: the same blocks, two ways of writing them.
import type { ResultInfo } from './define.ts'
import { escapeMarkdown, oneLine } from './escape-markdown.ts'
import { type Block, type Item, resultBlocks } from './result-blocks.ts'

/** Statements that could not be found in the text are left out; the last lines say how many and how the result came about. */
export function resultMarkdown(worker: string, result: unknown, info: ResultInfo | null): string {
  const { blocks, leftOut } = resultBlocks(worker, result)
  const body = blocks.map(markdownBlock)
  return `${[...body, ...closing(info, leftOut).map((line) => `_${escapeMarkdown(line)}_`)].join('\n\n')}\n`
}

export function resultText(worker: string, result: unknown, info: ResultInfo | null): string {
  const { blocks, leftOut } = resultBlocks(worker, result)
  return `${[...blocks.map(textBlock), ...closing(info, leftOut)].join('\n\n')}\n`
}

function closing(info: ResultInfo | null, leftOut: number): string[] {
  const lines =
    leftOut === 0
      ? []
      : [
          leftOut === 1
            ? 'One statement was left out: its quote was not found in the text.'
            : `${leftOut} statements were left out: their quotes were not found in the text.`,
        ]
  if (info) lines.push(`${engineLine(info)} ${info.method}`)
  return lines
}

function engineLine({ engine }: ResultInfo): string {
  if (engine.kind === 'rules') return 'Built-in rules, no AI model.'
  return `Model: ${engine.model ?? engine.name}${engine.endpointHost ? ` at ${engine.endpointHost}` : ''}.`
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${escapeMarkdown(oneLine(block.text))}`
    case 'paragraph':
      return [
        escapeMarkdown(oneLine(block.text)),
        ...(block.quotes ?? []).map((quote) => `> ${escapeMarkdown(quote)}`),
      ].join('\n\n')
    case 'verbatim':
      return block.text.split('\n').map(verbatimLine).join('\n')
    case 'list':
      return block.items.map((item, index) => markdownItem(item, block.numbered ? `${index + 1}.` : '-')).join('\n')
    case 'json':
      return `\`\`\`json\n${JSON.stringify(block.value, null, 2).replaceAll('```', '\\u0060\\u0060\\u0060')}\n\`\`\``
  }
}

function markdownItem({ text, note, quotes }: Item, mark: string): string {
  const indent = ' '.repeat(mark.length + 1)
  const line = `${mark} ${escapeMarkdown(oneLine(text))}${note ? ` _(${escapeMarkdown(oneLine(note))})_` : ''}`
  return [line, ...differing(text, quotes).map((quote) => `${indent}> ${escapeMarkdown(quote)}`)].join('\n')
}

/** Two spaces keep a line break; a list mark of the text stays one. */
function verbatimLine(line: string, index: number, lines: readonly string[]): string {
  const [, mark = '', rest = ''] = /^(\s*(?:- )?)(.*)$/.exec(line) ?? []
  const next = lines[index + 1]
  return `${mark}${escapeMarkdown(rest)}${rest !== '' && next !== undefined && next !== '' ? '  ' : ''}`
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return oneLine(block.text).toUpperCase()
    case 'paragraph':
      return [oneLine(block.text), ...(block.quotes ?? []).map((quote) => `“${quote}”`)].join('\n')
    case 'verbatim':
      return block.text
    case 'list':
      return block.items.map((item, index) => textItem(item, block.numbered ? `${index + 1}.` : '-')).join('\n')
    case 'json':
      return JSON.stringify(block.value, null, 2)
  }
}

function textItem({ text, note, quotes }: Item, mark: string): string {
  const line = `${mark} ${oneLine(text)}${note ? ` (${oneLine(note)})` : ''}`
  return [line, ...differing(text, quotes).map((quote) => `${' '.repeat(mark.length + 1)}“${quote}”`)].join('\n')
}

/** The built-in engine's statements are their own quotes; these need no repetition. */
function differing(text: string, quotes: readonly string[] = []): string[] {
  const plain = letters(text)
  return quotes.filter((quote) => !letters(quote).endsWith(plain))
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
