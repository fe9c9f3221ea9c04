// On which pages a part of a text stands. Pure.
import type { PageSpan } from './states.ts'

type Pages = readonly { page: number; start: number }[]

export const FORM_FEED = '\f'

/** What stands between form feeds, as printers and text exports have them; none without. */
export function formFeeds(text: string): { page: number; start: number }[] {
  const starts = Array.from(text.matchAll(/\f/g), ({ index }) => index + FORM_FEED.length)
  return starts.length === 0 ? [] : [0, ...starts].map((start, index) => ({ page: index + 1, start }))
}

/** Null where there are no pages. */
export function pagesWithin(pages: Pages, start: number, end: number): PageSpan | null {
  const first = pages.findLast((page) => page.start <= start) ?? pages[0]
  const last = pages.findLast((page) => page.start < end) ?? first
  return first && last ? { first: first.page, last: Math.max(first.page, last.page) } : null
}

/** `page 3`, `pages 3–5`. */
export function pageWords({ first, last }: PageSpan): string {
  return first === last ? `page ${first}` : `pages ${first}–${last}`
}

/** The name of a part that has no heading. */
export function isOwnLabel(label: string): boolean {
  return /^(Part|Page|Item) \d+$/.test(label)
}
