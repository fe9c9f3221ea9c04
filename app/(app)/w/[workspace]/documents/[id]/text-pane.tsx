'use client'

import { ImageOff } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import type { DocumentPage, DocumentSummary } from '#lib/documents/shapes.ts'
import { PAGES_SHOWN } from '../limits.ts'
import { pageWord } from '../words.ts'

/** The text by page, each on its own sheet. */
export function TextPane({
  document,
  pages,
  onMore,
  loadingMore,
  moreError,
}: {
  document: DocumentSummary
  pages: readonly DocumentPage[]
  onMore: (() => void) | null
  loadingMore: boolean
  moreError: string | null
}) {
  const word = pageWord(document)
  const title = word === 'page' ? 'Page' : 'Part'
  const all = document.pages ?? pages.length
  const shown = pages.length
  return (
    <section
      className="min-w-0 bg-well md:border-l border-line max-md:order-1 max-md:border-b md:rounded-br-lg"
      aria-label={`Text by ${word}`}
    >
      <div className="sticky top-12 z-10 bg-well border-b border-line flex items-center gap-3 h-12 px-4 lg:px-5">
        <nav aria-label={`${title}s`} className="flex items-center gap-1.5 min-w-0 overflow-x-auto py-1 scroll-x">
          {pages.map(({ page, text }) => (
            <a
              key={page}
              href={`#${word}-${page}`}
              className={`grid place-items-center min-w-7 h-8 max-md:h-9 px-1.5 rounded-sm border bg-raised text-12 num no-underline text-ink hover:border-soft ${text === '' ? 'border-dashed border-blocked' : 'border-line-strong'}`}
              aria-label={`${title} ${page}${text === '' ? ', no text' : ''}`}
            >
              {page}
            </a>
          ))}
        </nav>
        <span className="ml-auto text-12 text-soft num whitespace-nowrap">
          {shown < all ? `${formatCount(shown)} of ${formatQuantity(all, word)}` : formatQuantity(all, word)}
        </span>
      </div>
      <div className="p-4 lg:p-5 grid gap-4 min-[87.5rem]:grid-cols-2 items-start">
        {pages.map((page) => (
          <Sheet
            key={page.page}
            page={page}
            word={word}
            damaged={document.metadata.damagedPages?.includes(page.page) ?? false}
          />
        ))}
      </div>
      {moreError ? (
        <div className="px-4 lg:px-5 pb-4">
          <Note tone="failed" alert title={`The next ${word}s could not be loaded`}>
            {moreError}
          </Note>
        </div>
      ) : null}
      {onMore ? (
        <div className="px-4 lg:px-5 pb-5">
          <Button busy={loadingMore} onClick={onMore}>
            Show {word}s {formatCount(shown + 1)} to {formatCount(Math.min(all, shown + PAGES_SHOWN))}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Sheet({
  page: { page, text },
  word,
  damaged,
}: {
  page: DocumentPage
  word: 'page' | 'part'
  damaged: boolean
}) {
  const title = `${word === 'page' ? 'Page' : 'Part'} ${page}`
  return (
    <section
      id={`${word}-${page}`}
      tabIndex={-1}
      aria-label={title}
      className="rounded-lg border border-line bg-sheet min-w-0 scroll-mt-28 outline-none target:border-accent"
    >
      <h2 className="px-4 h-10 flex items-center gap-2 border-b border-line text-13">
        {title}
        <span className="text-12 text-soft font-normal num">
          {text === '' ? 'no text' : formatQuantity(text.length, 'character')}
        </span>
      </h2>
      {text === '' ? (
        <div className="p-4">
          <p className="flex items-center gap-1.5 font-medium text-blocked-fg">
            <ImageOff className="i" aria-hidden />
            {damaged ? 'This page is damaged' : 'This page has no text'}
          </p>
          <p className="text-soft mt-1">
            {damaged
              ? 'It could not be read. The other pages are complete.'
              : 'It is probably a picture. No worker reads it, and no result says anything about it.'}
          </p>
        </div>
      ) : (
        <div className="doc px-5 py-4 max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]" dir="auto">
          {text}
        </div>
      )}
    </section>
  )
}
