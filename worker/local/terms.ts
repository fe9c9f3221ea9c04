// The words of an English text with their parts of speech, parsed once per document.
import nlp from 'compromise'
import type { Document, Line } from './document.ts'

/** Parsing takes about 0.1 ms a word; longer texts are parsed up to here. */
export const PARSED_CHARACTERS = 40_000

export type Term = {
  text: string
  tags: Set<string>
  start: number
  end: number
  /** A mark follows, so that a phrase ends here. */
  stops: boolean
}

const parsed = new WeakMap<Document, Term[][]>()

/** Terms of each sentence, with places in the text. */
export function termsOf(document: Document): Term[][] {
  const known = parsed.get(document)
  if (known) return known
  const terms = document.lines.map((line) => (line.end <= PARSED_CHARACTERS ? parse(line) : []))
  parsed.set(document, terms)
  return terms
}

function parse(line: Line): Term[] {
  type Json = { terms: { text: string; tags: string[] }[] }
  const json = nlp(line.text).json({ offset: false }) as Json[]
  let at = 0
  return json
    .flatMap(({ terms }) => terms)
    .flatMap((term) => {
      const index = term.text === '' ? -1 : line.text.indexOf(term.text, at)
      if (index < 0) return []
      at = index + term.text.length
      const own = term.text.replace(/['’]s$/, '')
      const start = line.start + index
      return [
        {
          text: own,
          tags: new Set(term.tags),
          start,
          end: start + own.length,
          stops: own !== term.text || /^[^\p{L}\p{N}]*[,.;:!?"“”()[\]{}\n/|–—]/u.test(line.text.slice(at, at + 20)),
        },
      ]
    })
}
