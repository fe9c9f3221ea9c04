// A message by postal-mime: who, whom, when, what about, then its text. Files in it are counted, not read.
import PostalMime, { type Address } from 'postal-mime'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { decodeText } from './decode-text.ts'
import { MAILBOX_LINE } from './format.ts'
import { readHtml } from './read-html.ts'
import { Refused } from './refused.ts'

/** @throws Refused */
export async function readMail(bytes: Buffer): Promise<{ text: string; metadata: DocumentMetadata }> {
  const mail = await PostalMime.parse(inUtf8(withoutMailboxLine(bytes))).catch(() => {
    throw new Refused('corrupt')
  })
  const body = mail.text?.trim() ? mail.text.trim() : mail.html ? readHtml(mail.html).text : ''
  const head = [
    ['From', mail.from ? written([mail.from]) : ''],
    ['To', written(mail.to ?? [])],
    ['Cc', written(mail.cc ?? [])],
    ['Date', mail.date ?? ''],
    ['Subject', mail.subject ?? ''],
  ].filter(([, value]) => value)
  const metadata: DocumentMetadata = {
    title: mail.subject?.slice(0, 500),
    author: mail.from ? written([mail.from]).slice(0, 500) : undefined,
    date: mail.date,
    format: 'Message',
    ...(mail.attachments.length > 0 ? { attachments: mail.attachments.length } : {}),
  }
  return {
    text: [head.map(([name, value]) => `${name}: ${value}`).join('\n'), body].filter(Boolean).join('\n\n'),
    metadata,
  }
}

/** What each part says of its encoding counts. Where none says anything, as in old mail, the letters tell. */
function inUtf8(bytes: Buffer): Buffer {
  if (/charset\s*=/i.test(bytes.toString('latin1'))) return bytes
  const decoded = decodeText(bytes)
  return decoded === null || decoded.encoding === 'utf-8' ? bytes : Buffer.from(decoded.text)
}

function withoutMailboxLine(bytes: Buffer): Buffer {
  const line = MAILBOX_LINE.exec(bytes.subarray(0, 1_000).toString('latin1'))
  return line ? bytes.subarray(line[0].length) : bytes
}

function written(addresses: readonly Address[]): string {
  return addresses
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : (address ?? name)))
    .filter(Boolean)
    .join(', ')
}
