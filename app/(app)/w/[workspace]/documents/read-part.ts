import 'server-only'
import type { Ctx } from '#lib/context.ts'
import { documentText, getDocument } from '#lib/documents/queries.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { titleOfFile } from '#lib/tasks/title.ts'
import type { GivenText } from '../tasks/new/draft.ts'
import { MAX_TEXT_LENGTH } from '../tasks/new/limits.ts'
import { rangeWords } from './words.ts'

export type DocumentSource = {
  id: string
  name: string
  /** For the form's title. */
  title: string
  /** `pages 2 to 5`; null for all of it. */
  pages: string | null
  /** Null when it has no text, or more than a form takes: its own page says why, and offers its pages. */
  given: GivenText | null
}

/** The document that a form's address names. @throws NotFound */
export async function readPart(ctx: Ctx, id: string, pages: string | string[] | undefined): Promise<DocumentSource> {
  const document = await getDocument(ctx, id)
  const [, first, last] = /^(\d{1,4})-(\d{1,4})$/.exec(String(pages)) ?? []
  const range = first && last ? { from: Math.max(1, Number(first)), to: Number(last) } : null
  const { from, to } = range ?? { from: 1, to: Infinity }
  const found =
    document.status === 'ready' ? await documentText(ctx, id, { from, to, maxLength: MAX_TEXT_LENGTH }) : null
  const { name } = document
  const used = { id: document.id, pages: range && { ...range, to: Math.min(range.to, document.pages ?? range.to) } }
  return {
    id: document.id,
    name,
    title: titleOfFile(name),
    pages: used.pages && rangeWords(document, used.pages),
    given: found && found.text !== null ? givenBy(used, found.text) : null,
  }
}

/** What the text of an earlier task or run is in a request; null when it was typed, or its document is gone. */
export function givenAgain(document: UsedDocument | null, text: string): GivenText | null {
  return document === null || document.deleted ? null : givenBy(document, text)
}

function givenBy({ id, pages }: Pick<UsedDocument, 'id' | 'pages'>, text: string): GivenText {
  return { part: { document: id, ...(pages ? { pages: `${pages.from}-${pages.to}` } : {}) }, text }
}
