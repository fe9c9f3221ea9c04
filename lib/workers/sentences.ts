// Sentences with their places: the smallest unit that both engines cite. `text.slice(start, end)` is the sentence.

export type Sentence = { start: number; end: number; text: string }

/** Longer runs are cut at a space, or in the middle of a word where there is none. */
export const MAX_SENTENCE_LENGTH = 900

const ABBREVIATIONS = new Set(
  `dr mr mrs ms mx prof st jr sr inc ltd co corp no nos vs etc dept fig approx est e.g i.e u.s p.m a.m jan feb mar apr jun
  jul aug sep sept oct nov dec gen col sgt rev hon v pt hx cf al art sec para vol ed eds pp ca z.b d.h u.a bzw evtl ggf
  inkl exkl nr str tel usw vgl abs bspw geb gem mio mrd mwst s.o s.u u.s.w hr fr okt dez sra sres dra ud uds av bd mme mlle
  mm m`.split(/\s+/),
)
/** Here a capital letter is a mark and no initial: "in hall B.", "40.1 °C." */
const LETTERED =
  /(?:°\s?[CFK]|\b(?:hall|room|plan|option|group|type|section|part|appendix|annex|class|grade|vitamin|hepatitis|team|building|block|phase|gate|line|level|unit|zone|figure|table)\s\p{Lu})\.$/iu
const BLOCK_BREAK = /\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:\d{1,3}[.)]|[-*•–—·])[^\S\n])/g

/** Splits at blank lines, list items and sentence ends; not after abbreviations, initials and ordinals. */
export function sentencesOf(text: string, language = 'en'): Sentence[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
  return blocksOf(text)
    .flatMap((block) => sentencesOfBlock(text, block, segmenter, language))
    .flatMap((piece) => cutLong(text, trimmed(text, piece)))
    .filter((piece) => piece.end > piece.start)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }))
}

/** Neighbouring sentences joined until there are at most `limit` pieces. */
export function groupedSentences(text: string, language: string, limit: number): Sentence[] {
  const all = sentencesOf(text, language)
  const size = Math.ceil(all.length / limit)
  if (size <= 1) return all
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) => {
    const start = all[group * size]?.start ?? 0
    const end = all[Math.min((group + 1) * size, all.length) - 1]?.end ?? start
    return { start, end, text: text.slice(start, end) }
  })
}

type Span = { start: number; end: number }

function blocksOf(text: string): Span[] {
  const blocks: Span[] = []
  let start = 0
  for (const gap of text.matchAll(BLOCK_BREAK)) {
    blocks.push({ start, end: gap.index })
    start = gap.index + gap[0].length
  }
  blocks.push({ start, end: text.length })
  return blocks
}

function sentencesOfBlock(text: string, block: Span, segmenter: Intl.Segmenter, language: string): Span[] {
  const found: Span[] = []
  let open: Span | null = null
  for (const { segment, index } of segmenter.segment(text.slice(block.start, block.end))) {
    const end = block.start + index + segment.length
    const start: number = open === null ? block.start + index : open.start
    open = { start, end }
    const tail = text.slice(Math.max(open.start, end - 40), end)
    if (!/\n\s*$/.test(segment) && continues(tail, open.end - open.start <= 40, language)) continue
    found.push(open)
    open = null
  }
  if (open) found.push(open)
  return found
}

/** Whether what was cut off here is no sentence end: "Dr.", "J.", "3. April", a list number alone. */
function continues(tail: string, whole: boolean, language: string): boolean {
  const end = tail.trimEnd()
  if (whole && /^\s*(?:\d{1,3}[.)]|[-*•–—·])$/.test(end)) return true
  if (language === 'de' && /(?:^|\s)\d{1,2}\.$/.test(end)) return true
  if (/(?:^|[\s("'])\p{Lu}\.$/u.test(end) && !LETTERED.test(end)) return true
  return endsShortened(end)
}

/** Whether the full stop at the end belongs to a shortened word: "Dr.", "e.g.", "Nr.". */
export function endsShortened(words: string): boolean {
  const word = /(?:^|[\s("'])(\p{L}[\p{L}.]{0,5})\.$/u.exec(words)?.[1]
  return word !== undefined && ABBREVIATIONS.has(word.toLowerCase())
}

function trimmed(text: string, { start, end }: Span): Span {
  let from = start
  let to = end
  while (from < to && /\s/.test(text.charAt(from))) from += 1
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1
  return { start: from, end: to }
}

function cutLong(text: string, span: Span): Span[] {
  const pieces: Span[] = []
  let { start } = span
  while (span.end - start > MAX_SENTENCE_LENGTH) {
    const end = cutPoint(text, start, start + MAX_SENTENCE_LENGTH)
    pieces.push(trimmed(text, { start, end }))
    start = end
  }
  pieces.push(trimmed(text, { start, end: span.end }))
  return pieces
}

/** After the last space of the second half, else before `limit` without splitting a surrogate pair. */
function cutPoint(text: string, start: number, limit: number): number {
  const space = Math.max(text.lastIndexOf(' ', limit), text.lastIndexOf('\n', limit))
  if (space > start + MAX_SENTENCE_LENGTH / 2) return space
  const code = text.charCodeAt(limit)
  return code >= 0xdc00 && code <= 0xdfff ? limit - 1 : limit
}
