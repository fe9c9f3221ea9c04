// The states of a document, and why one may be turned away: one list for tables, verbs, pages and tests. Pure.

export const DOCUMENT_STATUSES = ['uploaded', 'parsing', 'ready', 'rejected'] as const
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number]

export const REJECTION_REASONS = [
  'encrypted',
  'corrupt',
  'no_text_layer',
  'no_text',
  'too_many_pages',
  'too_much_text',
  'unpacks_too_large',
  'unsupported_type',
  'parser_time',
  'parser_memory',
  'parser_crashed',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** Bytes of one file. */
export const MAX_DOCUMENT_BYTES = 25_000_000
export const MAX_DOCUMENT_PAGES = 2_000
/** Bytes of all files of a workspace. */
export const MAX_WORKSPACE_BYTES = 5_000_000_000
/** UTF-16 units of a document's whole text. */
export const MAX_DOCUMENT_TEXT = 5_000_000
export const MAX_PARSE_ATTEMPTS = 3

/** Between two pages in a document's whole text; `start` of a page counts it. */
export const PAGE_BREAK = '\n\n'

export type Rejection = { reason: RejectionReason; message: string; advice: string }

const WORDS: Record<RejectionReason, Omit<Rejection, 'reason'>> = {
  encrypted: {
    message: 'The file is protected by a password.',
    advice: 'Save a copy without the password, then upload that.',
  },
  corrupt: {
    message: 'The file is damaged and cannot be opened.',
    advice: 'Open it in the program that made it, save it again, then upload the new file.',
  },
  no_text_layer: {
    message: 'The pages are pictures, probably a scan: there is no text in the file.',
    advice: 'Run text recognition (OCR) over it, then upload the result.',
  },
  no_text: {
    message: 'The file can be opened, but there is no text in it.',
    advice: 'Check that it is the right file.',
  },
  too_many_pages: {
    message: `The file has more than ${MAX_DOCUMENT_PAGES.toLocaleString('en')} pages.`,
    advice: 'Split it into parts, then upload those.',
  },
  too_much_text: {
    message: `The text is longer than ${MAX_DOCUMENT_TEXT.toLocaleString('en')} characters.`,
    advice: 'Split it into parts, then upload those.',
  },
  unpacks_too_large: {
    message: 'The file unpacks to far more than its size, so it was not opened.',
    advice: 'If you trust it, open it, save it again and upload the new file.',
  },
  unsupported_type: {
    message: 'This kind of file cannot be read here.',
    advice: 'Upload a PDF, DOCX, TXT, Markdown, CSV, HTML or EML file.',
  },
  parser_time: {
    message: 'Reading the file took longer than 30 seconds, so it was stopped.',
    advice: 'Split it into smaller parts, or save it again in another format.',
  },
  parser_memory: {
    message: 'Reading the file needed more memory than it may have, so it was stopped.',
    advice: 'Split it into smaller parts, or save it again in another format.',
  },
  parser_crashed: {
    message: `Reading the file broke off ${MAX_PARSE_ATTEMPTS} times.`,
    advice: 'Delete it and upload it again. If it breaks off again, save it in another format.',
  },
}

export function rejection(reason: RejectionReason): Rejection {
  return { reason, ...WORDS[reason] }
}
