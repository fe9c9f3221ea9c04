// What a file is, by its content. The name decides only between kinds of text.
import { decodeText, type DecodedText } from './decode-text.ts'
import { Refused } from './refused.ts'

export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  html: 'text/html',
  csv: 'text/csv',
  markdown: 'text/markdown',
  text: 'text/plain',
} as const
export type TextFormat = 'eml' | 'html' | 'csv' | 'markdown' | 'text'
export type Found = { format: 'pdf' } | { format: 'docx' } | { format: TextFormat; decoded: DecodedText }

const BY_EXTENSION: Record<string, TextFormat> = {
  eml: 'eml',
  htm: 'html',
  html: 'html',
  xhtml: 'html',
  csv: 'csv',
  md: 'markdown',
  markdown: 'markdown',
}
/** A PDF may begin with other bytes. */
const PDF_WITHIN = 1_024
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')
/** Before a message that was taken out of a mailbox. */
export const MAILBOX_LINE = /^From \S.*\r?\n/
const MAIL_HEADER =
  /^(received|return-path|delivered-to|message-id|mime-version|from|to|subject|date|content-type|dkim-signature):/i

/** @throws Refused */
export function findFormat(bytes: Buffer, extension: string): Found {
  if (bytes.subarray(0, PDF_WITHIN).includes('%PDF-')) return { format: 'pdf' }
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return { format: 'docx' }
  // Office encrypts a document by wrapping it into its former container.
  if (bytes.subarray(0, 8).equals(OLE))
    throw new Refused(bytes.includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'unsupported_type')
  const decoded = decodeText(bytes)
  if (!decoded || /^\s*(\{\\rtf|%!PS)/.test(decoded.text.slice(0, 100))) throw new Refused('unsupported_type')
  return { format: textFormat(decoded.text, extension), decoded }
}

function textFormat(text: string, extension: string): TextFormat {
  const start = text.slice(0, 4_000)
  if (/^\s*(<!doctype html|<html[\s>])/i.test(start)) return 'html'
  const named = BY_EXTENSION[extension]
  if (named !== 'eml' && named !== undefined) return named
  return mailHeaders(start) >= (named === 'eml' ? 1 : 3) ? 'eml' : 'text'
}

function mailHeaders(start: string): number {
  const head =
    start
      .replace(/^\s+/, '')
      .replace(MAILBOX_LINE, '')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  const lines = head.split(/\r?\n/)
  if (!/^[\w-]+:/.test(lines[0] ?? '')) return 0
  return lines.filter((line) => MAIL_HEADER.test(line)).length
}
