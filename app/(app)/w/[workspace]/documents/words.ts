// What documents are called on the pages. Pure.
import { formatBytes, formatCount, formatQuantity } from '#app/_ui/format.ts'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import type { DocumentStatus } from '#lib/documents/states.ts'

/** Offered by the file chooser; what a file really is, its content says. */
export const EXTENSIONS = ['.pdf', '.docx', '.txt', '.md', '.markdown', '.csv', '.html', '.htm', '.eml']
export const FORMATS = 'PDF, DOCX, TXT, Markdown, CSV, HTML or EML'

export const STATUS_WORDS: Record<DocumentStatus, string> = {
  uploaded: 'Waiting',
  parsing: 'Reading',
  ready: 'Ready',
  rejected: 'Not readable',
}

const TYPES: Record<string, string> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'message/rfc822': 'E-mail',
  'text/html': 'HTML',
  'text/csv': 'CSV',
  'text/markdown': 'Markdown',
  'text/plain': 'Text',
}

/** Found by the content; before that, and for what nobody knows, as the name ends. */
export function typeOf({ mediaType, name }: Pick<DocumentSummary, 'mediaType' | 'name'>): string {
  const known = mediaType === null ? undefined : TYPES[mediaType]
  return known ?? /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toUpperCase() ?? 'File'
}

/** A format without pages is cut into parts. */
export function pageWord({ paged }: Pick<DocumentSummary, 'paged'>): 'page' | 'part' {
  return paged ? 'page' : 'part'
}

/** `pages 2 to 5`, `part 3` */
export function rangeWords(document: Pick<DocumentSummary, 'paged'>, { from, to }: { from: number; to: number }) {
  const word = pageWord(document)
  return from === to ? `${word} ${from}` : `${word}s ${from} to ${to}`
}

/** `PDF · 412 kB · 4 pages · 2,310 characters` */
export function factsOf(document: DocumentSummary): string {
  const { size, pages, characters } = document
  return [
    typeOf(document),
    formatBytes(size),
    ...(pages === null ? [] : [formatQuantity(pages, pageWord(document))]),
    ...(characters === null ? [] : [`${formatCount(characters)} characters`]),
  ].join(' · ')
}

/** What is not as it should be in a text that is ready; empty when all is well. */
export function warningsOf({ metadata, pages }: DocumentSummary): string[] {
  const {
    pagesWithoutText: empty = [],
    damagedPages: damaged = [],
    cutOff,
    replacedCharacters = 0,
    attachments = 0,
  } = metadata
  return [
    ...(empty.length > 0 ? [`${counted(empty.length, pages)} without text`] : []),
    ...(damaged.length > 0 ? [`${counted(damaged.length, pages)} damaged`] : []),
    ...(cutOff ? ['Cut off: its end is missing'] : []),
    ...(replacedCharacters > 0 ? [`${formatQuantity(replacedCharacters, 'character')} unreadable`] : []),
    ...(attachments > 0 ? [`${formatQuantity(attachments, 'attachment')} not read`] : []),
  ]
}

function counted(count: number, pages: number | null): string {
  return count >= 100 && (pages ?? 0) > 100 ? '100 or more pages' : formatQuantity(count, 'page')
}
