import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { until } from '../test-worker.ts'
import { type Parsed, type ParserLimits, runParser } from './run-parser.ts'
import { docxBomb, docxFile, encryptedDocx, MAIL, pdfFile } from './test-files.ts'

const NEVER = new AbortController().signal

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536)
}

function parse(file: Buffer | string, extension: string, limits: ParserLimits = {}): Promise<Parsed> {
  return runParser(pieces(Buffer.from(file)), { extension, signal: NEVER, ...limits })
}

async function textOf(file: Buffer | string, extension: string) {
  const parsed = await parse(file, extension)
  if (parsed.kind !== 'text') throw new Error(`There is no text: ${JSON.stringify(parsed)}`)
  return parsed.text
}

async function reasonOf(file: Buffer | string, extension: string, limits?: ParserLimits): Promise<string> {
  const parsed = await parse(file, extension, limits)
  return parsed.kind === 'refused' ? parsed.reason : parsed.kind
}

const LETTER = 'Dear Dr. Imai,\n\nthe fever ended on the third day.'

test('plain text, Markdown and CSV are taken as they are written', async () => {
  expect(await textOf(LETTER, 'txt')).toEqual({
    mediaType: 'text/plain',
    paged: false,
    metadata: { format: 'utf-8' },
    pages: [LETTER],
  })
  expect(await textOf('# Title\n\n- one', 'md')).toMatchObject({
    mediaType: 'text/markdown',
    pages: ['# Title\n\n- one'],
  })
  expect(await textOf('a,b\n"x, y",2\n', 'csv')).toMatchObject({ mediaType: 'text/csv', pages: ['a,b\n"x, y",2'] })
})

test('text in UTF-16, with a byte order mark and without, and in Latin-1 is decoded', async () => {
  const words = 'Größe über Maß: 12 °C, naïve café.'
  const utf16 = Buffer.from(words, 'utf16le')
  const swapped = Buffer.from(utf16).swap16()
  const files: [Buffer, string][] = [
    [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le'],
    [Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]), 'utf-16be'],
    [utf16, 'utf-16le'],
    [Buffer.from(words, 'latin1'), 'windows-1252'],
    [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(words)]), 'utf-8'],
  ]
  for (const [file, encoding] of files)
    expect(await textOf(file, 'txt')).toMatchObject({ pages: [words], metadata: { format: encoding } })
})

test('a stray NUL in a text is replaced and counted; a file of them is no text', async () => {
  expect(await textOf(`${LETTER}\0`, 'txt')).toMatchObject({
    pages: [`${LETTER}\uFFFD`],
    metadata: { replacedCharacters: 1 },
  })
  expect(await reasonOf(Buffer.alloc(5_000), 'txt')).toBe('unsupported_type')
})

test('a PDF is read page by page, with what it says about itself', async () => {
  const file = pdfFile(['The first page.\nIts second line.\n\nA paragraph.', 'The second page.'], {
    title: 'A letter',
    author: 'Ada',
  })
  expect(await textOf(file, 'pdf')).toEqual({
    mediaType: 'application/pdf',
    paged: true,
    metadata: { title: 'A letter', author: 'Ada', format: 'PDF 1.4' },
    pages: ['The first page.\nIts second line.\n\nA paragraph.', 'The second page.'],
  })
})

test('a PDF with a page that has no text says which one', async () => {
  expect(await textOf(pdfFile(['One.', '', 'Three.']), 'pdf')).toMatchObject({
    pages: ['One.', '', 'Three.'],
    metadata: { pagesWithoutText: [2] },
  })
})

test('a PDF of pictures, one with a password and one that is no PDF after all are refused by name', async () => {
  expect(await reasonOf(pdfFile(['', '']), 'pdf')).toBe('no_text_layer')
  expect(await reasonOf(pdfFile(['Secret.'], { password: 'open sesame' }), 'pdf')).toBe('encrypted')
  expect(await reasonOf('%PDF-1.7 and then nothing of the kind', 'pdf')).toBe('corrupt')
  expect(await reasonOf(pdfFile(Array.from({ length: 2_001 }, () => 'Page.')), 'pdf')).toBe('too_many_pages')
})

test('a PDF that was cut off gives what is left of it and says so, or is damaged', async () => {
  const file = pdfFile(['One.', 'Two.', 'Three.'])
  const parsed = await parse(file.subarray(0, file.indexOf('startxref')), 'pdf')
  expect(parsed).toMatchObject({ kind: 'text', text: { metadata: { cutOff: true } } })
  expect(await reasonOf(file.subarray(0, 60), 'pdf')).toBe('corrupt')
})

test('a DOCX is read with its title', async () => {
  expect(await textOf(await docxFile(['First paragraph.', 'Second &amp; last.'], { title: 'Appeal' }), 'docx')).toEqual(
    {
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      paged: false,
      metadata: { title: 'Appeal', author: 'Ada & Co', format: 'DOCX' },
      pages: ['First paragraph.\n\nSecond & last.'],
    },
  )
})

test('the footnotes of a DOCX stand below its text', async () => {
  const note = (id: number, text: string) =>
    `<w:footnote w:id="${id}"><w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p></w:footnote>`
  const more = {
    'word/footnotes.xml': `<w:footnotes>${note(0, '')}${note(1, 'See 38 U.S.C. &amp; 1110.')}${note(2, 'Id.')}</w:footnotes>`,
  }
  expect(await textOf(await docxFile(['The claim is founded.'], { more }), 'docx')).toMatchObject({
    pages: ['The claim is founded.\n\nFootnote 1: See 38 U.S.C. & 1110.\n\nFootnote 2: Id.'],
  })
})

test('a DOCX bomb, one of very many entries, a cut one, one with a password and another archive are refused', async () => {
  const file = await docxFile(['Text.'])
  const entries = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`word/e${index}.xml`, '']))
  expect(await reasonOf(await docxBomb(), 'docx')).toBe('unpacks_too_large')
  expect(await reasonOf(await docxFile(['Text.'], { more: entries }), 'docx')).toBe('unpacks_too_large')
  expect(await reasonOf(file.subarray(0, file.length - 40), 'docx')).toBe('corrupt')
  expect(await reasonOf(encryptedDocx(), 'docx')).toBe('encrypted')
  expect(await reasonOf(await docxFile([]), 'docx')).toBe('no_text')
  const other = Buffer.from(file).toString('latin1').replaceAll('word/document.xml', 'xl/worksheets.xml')
  expect(await reasonOf(Buffer.from(other, 'latin1'), 'docx')).toBe('unsupported_type')
})

test('of a page in HTML, what a reader sees is taken', async () => {
  const html = `<!doctype html><html><head><title>Leave</title><meta name="author" content="Ada"><style>p{}</style></head>
    <body><h1>Paid   leave</h1><script>alert(1)</script><p>Five <b>days</b><br>a year.</p><table><tr><td>a</td><td>b</td></tr></table></body></html>`
  expect(await textOf(html, 'txt')).toEqual({
    mediaType: 'text/html',
    paged: false,
    metadata: { title: 'Leave', author: 'Ada', format: 'HTML' },
    pages: ['Paid leave\n\nFive days\na year.\n\na\tb'],
  })
  expect(await textOf(`<html>${'<div>'.repeat(50_000)}deep`, 'html')).toMatchObject({ pages: ['deep'] })
})

test('a message gives its heads and its text, also out of a mailbox; a file in it is counted', async () => {
  const { pages, metadata, mediaType } = await textOf(MAIL, 'eml')
  expect(mediaType).toBe('message/rfc822')
  expect(pages.join('\n')).toMatch(/^From: Ruth Abernathy <ruth@example\.com>\nTo: Claims <claims@example\.com>\n/)
  expect(pages.join('\n')).toContain('Subject: Bescheid für Claim 5291\n\nPlease find the décision attached.')
  expect(metadata).toMatchObject({ title: 'Bescheid für Claim 5291', attachments: 1 })
  const boxed = await textOf(`From ruth@example.com  Wed Nov 18 16:20:00 2026\r\n${MAIL}`, 'eml')
  expect(boxed).toMatchObject({ mediaType, metadata, pages })
})

test('the content says what a file is, whatever its name', async () => {
  expect(await textOf(pdfFile(['A PDF.']), 'txt')).toMatchObject({ mediaType: 'application/pdf', pages: ['A PDF.'] })
  expect(await textOf(await docxFile(['A DOCX.']), 'pdf')).toMatchObject({ pages: ['A DOCX.'] })
  expect(await textOf(LETTER, 'pdf')).toMatchObject({ mediaType: 'text/plain' })
  expect(await textOf(MAIL, 'none')).toMatchObject({ mediaType: 'message/rfc822' })
  expect(await reasonOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'txt')).toBe('unsupported_type')
  expect(await reasonOf('{\\rtf1 Rich text}', 'txt')).toBe('unsupported_type')
})

test('a long text without pages is cut into parts that together are the text', async () => {
  const paragraphs = Array.from({ length: 200 }, (_, index) =>
    `Paragraph ${index}. ${'Words and more words. '.repeat(8)}`.trim(),
  )
  const { pages } = await textOf(paragraphs.join('\n\n'), 'txt')
  expect(pages.length).toBeGreaterThan(8)
  expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(4_000)
  expect(pages.join('\n\n')).toBe(paragraphs.join('\n\n'))
  expect(await textOf('one\ftwo', 'txt')).toMatchObject({ pages: ['one', 'two'] })
})

test('more text than a document may have, and white space alone, are refused', async () => {
  expect(await reasonOf('word '.repeat(1_000_001), 'txt')).toBe('too_much_text')
  expect(await reasonOf(' \n\t ', 'txt')).toBe('no_text')
})

test('a file that takes too long or too much memory is stopped and named, and others are not', async () => {
  const big = `<p>${'<b>word</b> '.repeat(300_000)}`
  const results = await Promise.all([
    reasonOf(big, 'html', { timeMs: 30 }),
    reasonOf(big, 'html', { residentMb: 30 }),
    reasonOf(big, 'html', { heapMb: 24 }),
    reasonOf(LETTER, 'txt'),
  ])
  expect(results).toEqual(['parser_time', 'parser_memory', 'parser_memory', 'text'])
})

test('the process that opens a file has no settings of ours and may read nothing but its code', async () => {
  const { child, release, parsed } = await heldParser()
  expect(readFileSync(`/proc/${child}/environ`, 'utf8')).toBe('')
  expect(readFileSync(`/proc/${child}/cmdline`, 'utf8').split('\0')).toEqual(
    expect.arrayContaining(['--permission', expect.stringMatching(/^--allow-fs-read=.*node_modules$/)]),
  )
  release()
  expect(await parsed).toMatchObject({ kind: 'text', text: { pages: ['x'] } })
})

test('a process that is killed is told from one that found the file bad', async () => {
  const { child, release, parsed } = await heldParser()
  process.kill(child, 'SIGKILL')
  release()
  expect(await parsed).toEqual({ kind: 'broke', why: 'SIGKILL' })
})

test('stopping ends the process at once', async () => {
  const stopping = new AbortController()
  const { child, release, parsed } = await heldParser(stopping.signal)
  stopping.abort(new Error('drained'))
  release()
  await expect(parsed).rejects.toThrow('drained')
  await until(() => !childrenOf(process.pid).includes(child))
})

/** A parser whose file has not come to its end yet. */
async function heldParser(signal = NEVER) {
  const held = Promise.withResolvers<void>()
  const before = childrenOf(process.pid)
  async function* file() {
    yield Buffer.from('x')
    await held.promise
  }
  const parsed = runParser(file(), { extension: 'txt', signal })
  parsed.catch(() => undefined)
  const child = await until(() =>
    childrenOf(process.pid).find(
      (pid) => !before.includes(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('child.ts'),
    ),
  )
  return { child, parsed, release: held.resolve }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | null {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return null
  }
}
