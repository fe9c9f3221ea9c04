'use client'

import { ChevronDown, ChevronUp, ImageOff } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatQuantity } from '#app/_ui/format.ts'
import { EvidenceText } from '#app/_ui/evidence-text.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import type { DocumentPage, DocumentSummary } from '#lib/documents/shapes.ts'
import { PAGES_SHOWN } from '../limits.ts'
import { pageWord } from '../words.ts'
import { markPrefix, marksOn } from './page-marks.ts'
import type { Results } from './use-results.ts'

/** The text by page, each on its own sheet, with the places that the shown result points to. */
export function TextPane({
  document,
  pages,
  results,
  onMore,
  loadingMore,
  moreError,
}: {
  document: DocumentSummary
  pages: readonly DocumentPage[]
  results: Results
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
        <Walk results={results} />
        <span className={`text-12 text-soft num whitespace-nowrap ${results.count > 0 ? 'max-lg:hidden' : 'ml-auto'}`}>
          {shown < all ? `${formatCount(shown)} of ${formatQuantity(all, word)}` : formatQuantity(all, word)}
        </span>
      </div>
      <div className="p-4 lg:p-5 grid gap-4 min-[87.5rem]:grid-cols-2 items-start">
        {pages.map((page) => (
          <Sheet
            key={page.page}
            page={page}
            word={word}
            results={results}
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

/** From one place to the next, also by J and K. */
function Walk({ results: { count, active, step } }: { results: Results }) {
  useShortcut('j', () => step(1), count > 0)
  useShortcut('k', () => step(-1), count > 0)
  if (count === 0) return null
  return (
    <span className="ml-auto flex items-center text-12 text-soft whitespace-nowrap">
      <span className="num mr-1" aria-live="polite">
        Evidence{' '}
        {active ? (
          <>
            <b className="text-ink font-medium">{active}</b> of {count}
          </>
        ) : (
          count
        )}
      </span>
      <IconButton
        size="sm"
        label="Previous evidence"
        kbd="K"
        icon={<ChevronUp aria-hidden />}
        onClick={() => step(-1)}
      />
      <IconButton size="sm" label="Next evidence" kbd="J" icon={<ChevronDown aria-hidden />} onClick={() => step(1)} />
    </span>
  )
}

function Sheet({
  page: { page, start, text },
  word,
  results,
  damaged,
}: {
  page: DocumentPage
  word: 'page' | 'part'
  results: Results
  damaged: boolean
}) {
  const title = `${word === 'page' ? 'Page' : 'Part'} ${page}`
  return (
    <section
      id={`${word}-${page}`}
      data-page={page}
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
        <div className="px-5 py-4 max-w-[68ch]">
          <EvidenceText
            text={text}
            marks={marksOn({ start, text }, results.marks)}
            active={results.active}
            onActivate={results.showClaim}
            label={`Text of ${title.toLowerCase()}`}
            language={results.result?.language}
            idPrefix={markPrefix(page)}
          />
        </div>
      )}
    </section>
  )
}
