import { Fact } from '#app/_ui/fact.tsx'
import { formatBytes, formatCount, formatQuantity, formatShare } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import type { DocumentSummary, DocumentUses } from '#lib/documents/shapes.ts'
import { MAX_TEXT_LENGTH } from '../../tasks/new/limits.ts'
import { typeOf } from '../words.ts'

const NONE_YET = <span className="text-faint">not yet</span>
const NONE = <span className="text-faint">none</span>
/** Little squares for so many pages; more are only counted. */
const SQUARES = 12

/** Pages, text, type, size and what was made of it in one line. */
export function FactsStrip({ document, uses }: { document: DocumentSummary; uses: DocumentUses }) {
  const { pages, characters, size, metadata, finishedAt, paged } = document
  const none = finishedAt === null ? NONE_YET : NONE
  return (
    <dl className="mt-4 grid grid-cols-2 md:grid-cols-3 xl:grid-cols-6 gap-px bg-line border border-line rounded-lg overflow-hidden">
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
      <Fact name="Used in" value={uses.total === 0 ? NONE : formatCount(uses.total)} note={usesNote(uses)} />
      <Fact
        name="Spent on it"
        value={uses.tokens === null ? <span className="text-faint">nothing</span> : <Money micros={uses.costMicros} />}
        note={uses.tokens === null ? 'no model was asked' : formatQuantity(uses.tokens, 'token')}
      />
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

function usesNote({ total, completed, failed }: DocumentUses): string {
  if (total === 0) return 'no task and no run'
  return [
    ...(completed > 0 ? [`${formatCount(completed)} completed`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(total > completed + failed ? [`${formatCount(total - completed - failed)} open or cancelled`] : []),
  ].join(', ')
}

function shareNote(characters: number): string {
  return characters > MAX_TEXT_LENGTH
    ? 'too long to use at once'
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
