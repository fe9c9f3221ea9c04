import type { Route } from 'next'
import Link from 'next/link'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { rangeWords } from './words.ts'

/** The document whose text this is, and which of its pages. */
export function FromDocument({ document, path }: { document: UsedDocument; path: (rest: string) => string }) {
  const { id, name, pages, deleted } = document
  return (
    <span className="[overflow-wrap:anywhere]">
      {deleted ? (
        name
      ) : (
        <Link className="link" href={path(`/documents/${id}`) as Route}>
          {name}
        </Link>
      )}
      {pages ? `, ${rangeWords(document, pages)}` : ''}
      {deleted ? ', deleted since' : ''}
    </span>
  )
}
