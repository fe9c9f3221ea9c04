// DOCX by mammoth. The archive is unpacked and counted first, with the reader that mammoth uses itself: what it would
// take into memory has been seen to be small enough, whatever the sizes in its directory say.
import JSZip from 'jszip'
import mammoth from 'mammoth'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { Refused } from './refused.ts'

const MAX_ENTRIES = 2_000
const MAX_UNPACKED_BYTES = 100_000_000
/** Text packs ten to twenty times; a file that unpacks much further is made to. */
const MAX_RATIO = 150
const RATIO_FROM_BYTES = 5_000_000

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06')
const END_LENGTH = 22
const MAX_COMMENT = 65_535

/** @throws Refused */
export async function readDocx(bytes: Buffer): Promise<{ text: string; metadata: DocumentMetadata }> {
  if (entriesSaid(bytes) > MAX_ENTRIES) throw new Refused('unpacks_too_large')
  const zip = await open(bytes)
  const files = Object.values(zip.files)
  if (files.length > MAX_ENTRIES) throw new Refused('unpacks_too_large')
  if (!zip.file('word/document.xml')) throw new Refused('unsupported_type')
  let left = MAX_UNPACKED_BYTES
  for (const file of files)
    if (!file.dir) left -= await unpackedSize(file, left, bytes.length, MAX_UNPACKED_BYTES - left)
  const metadata = { ...(await coreProperties(zip)), format: 'DOCX' }
  try {
    const { value } = await mammoth.extractRawText({ buffer: bytes })
    return { text: [value.trim(), ...(await notes(zip))].join('\n\n'), metadata }
  } catch {
    throw new Refused('corrupt')
  }
}

async function open(bytes: Buffer): Promise<JSZip> {
  try {
    return await JSZip.loadAsync(bytes)
  } catch (error) {
    throw new Refused(/encrypted/i.test(String(error)) ? 'encrypted' : 'corrupt')
  }
}

/** How many entries the archive says it has, before any is looked at. */
function entriesSaid(bytes: Buffer): number {
  const at = bytes.lastIndexOf(END_OF_DIRECTORY)
  if (at < bytes.length - END_LENGTH - MAX_COMMENT || at < 0 || at + END_LENGTH > bytes.length) return 0
  return bytes.readUInt16LE(at + 10)
}

function unpackedSize(file: JSZip.JSZipObject, atMost: number, packed: number, before: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0
    const stream = file.nodeStream()
    stream.on('data', (part: Buffer) => {
      size += part.length
      const all = before + size
      if (size <= atMost && (all < RATIO_FROM_BYTES || all <= packed * MAX_RATIO)) return
      stream.pause()
      reject(new Refused('unpacks_too_large'))
    })
    stream.on('end', () => resolve(size))
    stream.on('error', () => reject(new Refused('corrupt')))
  })
}

/** Footnotes and endnotes, which mammoth leaves out of a plain text; each after the number of its kind. */
async function notes(zip: JSZip): Promise<string[]> {
  const found: string[] = []
  for (const kind of ['footnote', 'endnote'] as const) {
    const xml = (await zip.file(`word/${kind}s.xml`)?.async('string')) ?? ''
    let number = 0
    for (const piece of xml.split(`</w:${kind}>`).slice(0, -1)) {
      const note = piece.slice(piece.lastIndexOf(`<w:${kind} `))
      const text = [...note.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<\/w:p>/g)]
        .map(([, words]) => words ?? '\n')
        .join('')
      if (text.trim() === '') continue
      number += 1
      found.push(`${kind === 'footnote' ? 'Footnote' : 'Endnote'} ${number}: ${withoutEntities(text.trim())}`)
    }
  }
  return found
}

async function coreProperties(zip: JSZip): Promise<DocumentMetadata> {
  const xml = (await zip.file('docProps/core.xml')?.async('string'))?.slice(0, 20_000) ?? ''
  const value = (tag: string) => {
    const found = new RegExp(`<${tag}(?:\\s[^>]*)?>([^<]*)</${tag}>`).exec(xml)?.[1]?.trim()
    return found ? withoutEntities(found).slice(0, 500) : undefined
  }
  return { title: value('dc:title'), author: value('dc:creator'), subject: value('dc:subject') }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function withoutEntities(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
