// PDF by pdf.js (unpdf), a page at a time.
import { getDocumentProxy } from 'unpdf'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { MAX_DOCUMENT_PAGES } from '#lib/documents/states.ts'
import { Refused } from './refused.ts'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

type TextItem = {
  str: string
  hasEOL: boolean
  height: number
  transform: [number, number, number, number, number, number]
}

/** In heights of a line. */
const PARAGRAPH_GAP = 1.8
const NUMBERS_KEPT = 100
const TAIL_BYTES = 2_048

/** @throws Refused */
export async function readPdf(bytes: Buffer): Promise<{ pages: AsyncGenerator<string>; metadata: DocumentMetadata }> {
  const pdf = await open(bytes)
  if (pdf.numPages > MAX_DOCUMENT_PAGES) throw new Refused('too_many_pages')
  const metadata = await metadataOf(pdf)
  // Every file ends with this mark; pdf.js makes do without it, and whatever stood there is missing.
  if (!bytes.subarray(-TAIL_BYTES).includes('%%EOF')) metadata.cutOff = true
  return { pages: pagesOf(pdf, metadata), metadata }
}

async function open(bytes: Buffer): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      enableXfa: false,
      maxImageSize: 1_000_000,
    })
  } catch (error) {
    throw new Refused(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'corrupt')
  }
}

async function* pagesOf(pdf: Pdf, metadata: DocumentMetadata): AsyncGenerator<string> {
  const empty: number[] = []
  const damaged: number[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const text = await textOfPage(pdf, number)
    if (text === null) damaged.push(number)
    else if (text === '') empty.push(number)
    yield text ?? ''
  }
  if (damaged.length === pdf.numPages) throw new Refused('corrupt')
  if (empty.length + damaged.length === pdf.numPages) throw new Refused('no_text_layer', metadata)
  if (empty.length > 0) metadata.pagesWithoutText = empty.slice(0, NUMBERS_KEPT)
  if (damaged.length > 0) metadata.damagedPages = damaged.slice(0, NUMBERS_KEPT)
}

/** Null when the page is damaged. */
async function textOfPage(pdf: Pdf, number: number): Promise<string | null> {
  try {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    page.cleanup()
    return written(items)
  } catch {
    return null
  }
}

/** Lines as they stand; a gap between two that is wider than the lines are apart begins a paragraph. */
function written(items: readonly object[]): string {
  let text = ''
  let above: TextItem | null = null
  for (const item of items) {
    if (!isText(item)) continue
    if (item.str.trim() !== '') {
      const gap = above ? above.transform[5] - item.transform[5] : 0
      if (above && text.endsWith('\n') && gap > PARAGRAPH_GAP * Math.max(item.height, above.height)) text += '\n'
      above = item
    }
    text += item.str + (item.hasEOL ? '\n' : '')
  }
  return text
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function isText(item: object): item is TextItem {
  return 'str' in item
}

async function metadataOf(pdf: Pdf): Promise<DocumentMetadata> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
  const value = (name: string) => {
    const found: unknown = (info as Record<string, unknown>)[name]
    return typeof found === 'string' && found.trim() !== '' ? found.trim().slice(0, 500) : undefined
  }
  const version = value('PDFFormatVersion')
  return {
    title: value('Title'),
    author: value('Author'),
    subject: value('Subject'),
    format: version ? `PDF ${version}` : 'PDF',
  }
}
