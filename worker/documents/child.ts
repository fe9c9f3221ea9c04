// The process that opens one file, of which anything may be true: it has no secret, no database and no way to write. The
// bytes come by stdin, what was found leaves by stdout, a line of JSON for each page and one at the end.
import { Worker } from 'node:worker_threads'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { MAX_DOCUMENT_TEXT, PAGE_BREAK, type RejectionReason } from '#lib/documents/states.ts'
import { repairText } from '#lib/text.ts'
import { findFormat, type Found, MEDIA_TYPES } from './format.ts'
import { inParts } from './parts.ts'
import { Refused } from './refused.ts'

export type Line =
  | { page: string }
  | { done: { mediaType: string; paged: boolean; metadata: DocumentMetadata } }
  | { refused: { reason: RejectionReason; mediaType?: string; metadata: DocumentMetadata } }

type Read = { pages: AsyncIterable<string> | Iterable<string>; paged: boolean; metadata: DocumentMetadata }

// Whoever started it may be gone, and a file that hangs leaves no turn for a timer of our own.
const WATCH = `
const { ppid } = process
const end = Date.now() + Number(require('node:worker_threads').workerData)
setInterval(() => {
  if (process.ppid !== ppid || Date.now() > end) process.kill(process.pid, 'SIGKILL')
}, 500)`

const [extension = '', limitMs = '60000'] = process.argv.slice(2)
new Worker(WATCH, {
  eval: true,
  execArgv: [],
  workerData: limitMs,
  resourceLimits: { maxOldGenerationSizeMb: 8 },
}).unref()

let mediaType: string | undefined
try {
  const bytes = await readAll()
  const found = findFormat(bytes, extension)
  mediaType = MEDIA_TYPES[found.format]
  const { pages, paged, metadata } = await open(found, bytes)
  await say(pages, metadata)
  write({ done: { mediaType, paged, metadata: repaired(metadata) } })
} catch (error) {
  if (!(error instanceof Refused)) throw error
  if (error.reason === 'unsupported_type') mediaType = undefined
  write({ refused: { reason: error.reason, mediaType, metadata: repaired(error.metadata) } })
}

/** Each format brings its own library, which the others do not load. */
async function open(found: Found, bytes: Buffer): Promise<Read> {
  if (found.format === 'pdf') {
    const { readPdf } = await import('./read-pdf.ts')
    return { ...(await readPdf(bytes)), paged: true }
  }
  if (found.format === 'docx') {
    const { readDocx } = await import('./read-docx.ts')
    return inPartsOf(await readDocx(bytes))
  }
  if (found.format === 'eml') {
    const { readMail } = await import('./read-mail.ts')
    return inPartsOf(await readMail(bytes))
  }
  const { text, encoding } = found.decoded
  if (found.format !== 'html') return inPartsOf({ text, metadata: { format: encoding } })
  const { readHtml } = await import('./read-html.ts')
  return inPartsOf(readHtml(text))
}

function inPartsOf({ text, metadata }: { text: string; metadata: DocumentMetadata }): Read {
  if (text.length > MAX_DOCUMENT_TEXT) throw new Refused('too_much_text')
  const pages = inParts(text)
  if (pages.length === 0) throw new Refused('no_text')
  return { pages, paged: false, metadata }
}

async function say(pages: Read['pages'], metadata: DocumentMetadata): Promise<void> {
  let length = 0
  let replaced = 0
  for await (const raw of pages) {
    const page = repairText(raw)
    length += page.text.length + PAGE_BREAK.length
    replaced += page.replaced
    if (length - PAGE_BREAK.length > MAX_DOCUMENT_TEXT) throw new Refused('too_much_text')
    write({ page: page.text })
  }
  if (replaced > 0) metadata.replacedCharacters = replaced
}

function repaired(metadata: DocumentMetadata): DocumentMetadata {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, typeof value === 'string' ? repairText(value).text : value]),
  )
}

async function readAll(): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function write(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
