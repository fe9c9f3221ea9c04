import { Fact } from '#app/_ui/fact.tsx'
import { formatBytes, formatCount, formatQuantity, formatShare } from '#app/_ui/format.ts'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { MAX_TEXT_LENGTH } from '../../tasks/new/limits.ts'
import { typeOf } from '../words.ts'

const NONE_YET = <span className="text-faint">not yet</span>
const NONE = <span className="text-faint">none</span>
/** Little squares for so many pages; more are only counted. */
const SQUARES = 12

/** Pages, text, type and size in one line. */
export function FactsStrip({ document }: { document: DocumentSummary }) {
  const { pages, characters, size, metadata, finishedAt, paged } = document
  const none = finishedAt === null ? NONE_YET : NONE
  return (
    <dl className="mt-4 grid grid-cols-2 md:grid-cols-4 gap-px bg-line border border-line rounded-lg overflow-hidden">
      <Fact
        name={paged ? 'Pages' : 'Parts'}
        value={
          <>
            {pages === null ? none : formatCount(pages)}
            {pages !== null && paged && pages <= SQUARES ? <Squares document={document} /> : null}
          </>
        }
        note={pagesNote(document)}
      />
      <Fact
        name="Text"
        value={characters === null ? none : `${formatCount(characters)} characters`}
        note={characters === null ? 'no text' : shareNote(characters)}
      />
      <Fact name="Type" value={typeOf(document)} note={metadata.format ?? 'found by its content'} />
      <Fact name="Size" value={formatBytes(size)} note={formatQuantity(size, 'byte')} />
    </dl>
  )
}

function pagesNote(document: DocumentSummary): string {
  const { pages, paged, metadata, finishedAt } = document
  const empty = metadata.pagesWithoutText?.length ?? 0
  if (empty > 0) return `${empty === 100 ? '100 or more' : empty} without text`
  if (pages === null) return finishedAt === null ? 'counted while reading' : 'not read'
  return paged ? 'all with text' : 'this format has no pages'
}

function shareNote(characters: number): string {
  return characters > MAX_TEXT_LENGTH
    ? 'too long for one task'
    : `${formatShare(characters / MAX_TEXT_LENGTH)} of one task's limit`
}

function Squares({ document: { pages, metadata } }: { document: DocumentSummary }) {
  const without = [...(metadata.pagesWithoutText ?? []), ...(metadata.damagedPages ?? [])]
  return (
    <span className="inline-flex gap-0.5 ml-0.5" aria-hidden>
      {Array.from({ length: pages ?? 0 }, (_, index) => (
        <i
          key={index}
          className={`w-2.5 h-3.5 rounded-[2px] ${without.includes(index + 1) ? 'border border-dashed border-blocked' : 'solid s-completed'}`}
        />
      ))}
    </span>
  )
}
