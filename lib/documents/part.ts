// A document, or some of its pages, in place of a text: what a request writes, and the text that it stands for.
import { z } from 'zod'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { withoutByteOrderMark } from '#lib/text.ts'
import { MAX_TEXT_LENGTH } from '#lib/workers/define.ts'
import { documentText } from './queries.ts'
import type { DocumentSummary, UsedDocument } from './shapes.ts'

export const documentPart = z.strictObject({
  document: z.uuid('This is not the id of a document.'),
  /** Both ends belong to it; all of them when it is left out. */
  pages: z
    .string()
    .regex(/^\d{1,4}(?:-\d{1,4})?$/, 'Write pages as "2-5", or one as "3".')
    .optional(),
})
export type DocumentPart = z.output<typeof documentPart>

export type TextOfPart = { text: string; document: UsedDocument }

/** @throws Forbidden; Conflict while it has no text; InvalidInput with paths below `path`. */
export async function textOfPart(ctx: Ctx, { document: id, pages }: DocumentPart, path: string): Promise<TextOfPart> {
  const [first, last = first] = pages?.split('-').map(Number) ?? []
  const range = { from: first ?? 1, to: last ?? Infinity }
  const { document, start, length, text } = await documentText(ctx, id, {
    ...range,
    maxLength: MAX_TEXT_LENGTH,
  }).catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error
    throw new InvalidInput([
      { path: `${path}.document`, message: 'There is no such document in this workspace. It may have been deleted.' },
    ])
  })
  const refusal = refusalOf(document, range, pages !== undefined) ?? lengthRefusal(length, text)
  if (refusal) throw new InvalidInput([{ path: `${path}.pages`, message: refusal }])
  const whole = withoutByteOrderMark(text ?? '')
  const used: UsedDocument = {
    id: document.id,
    name: document.name,
    paged: document.paged,
    pages: pages === undefined ? null : range,
    start: start + length - whole.length,
    deleted: false,
  }
  return { text: whole, document: used }
}

function refusalOf({ pages, paged }: DocumentSummary, { from, to }: { from: number; to: number }, asked: boolean) {
  if (!asked) return null
  const word = paged ? 'page' : 'part'
  if (from < 1 || from > to || to > (pages ?? 0))
    return `The document has ${word}s 1 to ${pages}. Choose among them, the first before the last.`
  return null
}

function lengthRefusal(length: number, text: string | null): string | null {
  if (text === null)
    return `This is ${length.toLocaleString('en')} characters of text; one task takes ${MAX_TEXT_LENGTH.toLocaleString('en')}. Choose some of its pages, such as "1-20".`
  return text.trim() === '' ? 'There is no text on these pages: they are probably pictures.' : null
}
