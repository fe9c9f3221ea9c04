// Sets text in a PDF: each letter in the face that has it, lines broken between words, everything tagged by what it is.
import type PdfDocument from 'pdfkit'
import { type Face, faceOf, hasLetter, type Voice } from './pdf-fonts.ts'
import type { Letters } from './pdf-letters.ts'

export type Ink = { voice: Voice; size: number; color: string; bold?: boolean }
/** Text, or the number of a quote. */
export type Run = { text: string; ink: Ink } | { quote: number }
type Doc = InstanceType<typeof PdfDocument>
export type Tag = ReturnType<Doc['struct']>

type Stretch = { text: string; ink: Ink; face: Face; width: number }
/** A number has its distance from what it belongs to. */
type Item = { stretches: Stretch[]; quote: null } | { stretches: []; quote: number; gap: number }
type Part = { x: number; stretch: Stretch } | { x: number; quote: number }
/** Cannot be broken but by letters. `space` stands before it, unless a line begins with it. */
type Word = { items: Item[]; width: number; space: number }
export type Line = { words: Word[]; width: number }

export const CHIP = { height: 14, gap: 3 }
const CHIP_GAP = 4
const CHIP_INK: Ink = { voice: 'sans', size: 8.5, color: '#2c2615', bold: true }
const CHIP_GROUND = '#f8eba9'
/** The faces come in one weight: a bold letter is its outline drawn thicker, by this share of its size. */
const BOLD = 0.035
/** Stands on the letter before it. */
const MARK = /\p{M}/u

export class Pen {
  readonly doc: Doc
  readonly #letters: Letters
  readonly #known = new Set<string>()

  constructor(doc: Doc, letters: Letters) {
    this.doc = doc
    this.#letters = letters
  }

  lines(runs: readonly Run[], width: number): Line[] {
    const lines: Line[] = []
    let line: Line = { words: [], width: 0 }
    for (const word of this.#words(runs).flatMap((whole) => this.#fitting(whole, width))) {
      const before = line.words.length === 0 ? 0 : word.space
      if (line.words.length > 0 && line.width + before + word.width > width + 0.01) {
        lines.push(line)
        line = { words: [], width: 0 }
      }
      line.width += (line.words.length === 0 ? 0 : word.space) + word.width
      line.words.push(word)
    }
    return line.words.length > 0 ? [...lines, line] : lines
  }

  widthOf(text: string, ink: Ink): number {
    return sum(this.#stretches(text, ink).map(({ width }) => width))
  }

  chipWidth(quote: number): number {
    return Math.max(15, this.widthOf(String(quote), CHIP_INK) + 7)
  }

  /** One line in a box of `height`, tagged as part of `tag`. */
  line(tag: Tag, line: Line, x: number, y: number, height: number): void {
    for (const part of this.#parts(line, x))
      if ('quote' in part) this.chip(tag, part.quote, part.x, y + (height - CHIP.height) / 2)
      else this.mark(tag, () => this.#stretch(part, y, height))
  }

  /** The number of a quote, which leads to it. */
  chip(tag: Tag, quote: number, x: number, y: number): void {
    const width = this.chipWidth(quote)
    const link = this.doc.struct('Link', { alt: `Quote ${quote}` })
    tag.add(link)
    this.mark(link, () => this.chipFace(quote, x, y))
    const contents = { structParent: link, Contents: new String(`Quote ${quote}`) }
    this.doc.goTo(x, y, width, CHIP.height, `quote-${quote}`, contents as object)
  }

  chipFace(quote: number, x: number, y: number): void {
    const width = this.chipWidth(quote)
    this.doc.roundedRect(x, y, width, CHIP.height, 3).fill(CHIP_GROUND)
    this.text(String(quote), CHIP_INK, x + (width - this.widthOf(String(quote), CHIP_INK)) / 2, y, CHIP.height)
  }

  /** Untagged: for what is marked already, or is decoration. */
  text(text: string, ink: Ink, x: number, y: number, height: number): void {
    let at = x
    for (const stretch of this.#stretches(this.#letters.legible(text), ink)) {
      this.#stretch({ x: at, stretch }, y, height)
      at += stretch.width
    }
  }

  mark(tag: Tag, draw: () => void): void {
    const content = this.doc.markStructureContent('Span')
    draw()
    this.doc.endMarkedContent()
    tag.add(content)
  }

  /** What nobody needs to hear: rules, grounds, scales. */
  decorate(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  /** Neighbours of one face and ink become one, with the spaces between them. */
  #parts({ words }: Line, x: number): Part[] {
    const parts: Part[] = []
    let at = x
    for (const [index, word] of words.entries()) {
      let space = index === 0 ? 0 : word.space
      at += space
      for (const item of word.items) {
        if (item.quote !== null) {
          at += item.gap
          parts.push({ x: at, quote: item.quote })
          at += this.chipWidth(item.quote)
        }
        for (const stretch of item.stretches) {
          const last = parts.at(-1)
          if (last && 'stretch' in last) {
            if (space > 0) last.stretch = { ...last.stretch, text: `${last.stretch.text} ` }
            if (last.stretch.face === stretch.face && last.stretch.ink === stretch.ink)
              last.stretch = { ...last.stretch, text: last.stretch.text + stretch.text }
            else parts.push({ x: at, stretch })
          } else parts.push({ x: at, stretch })
          at += stretch.width
          space = 0
        }
      }
    }
    return parts
  }

  #words(runs: readonly Run[]): Word[] {
    const words: Word[] = []
    let space = 0
    const add = (item: Item, width: number) => {
      const last = words.at(-1)
      if (last && space === 0) {
        last.items.push(item)
        last.width += width
      } else words.push({ items: [item], width, space })
      space = 0
    }
    for (const run of runs) {
      if ('quote' in run) {
        const follows = words.length > 0 && words.at(-1)?.items.at(-1)?.quote === null
        space = follows ? 0 : CHIP_GAP
        const gap = follows ? CHIP_GAP : 0
        add({ stretches: [], quote: run.quote, gap }, this.chipWidth(run.quote) + gap)
        continue
      }
      for (const part of this.#letters.legible(run.text).split(/( )/)) {
        if (part === ' ') space = this.widthOf(' ', run.ink)
        else if (part !== '') {
          const stretches = this.#stretches(part, run.ink)
          add({ stretches, quote: null }, sum(stretches.map(({ width }) => width)))
        }
      }
    }
    return words
  }

  /** A word that is wider than a line is broken where the line ends. */
  #fitting(word: Word, width: number): Word[] {
    if (word.width <= width) return [word]
    const pieces: Word[] = []
    for (const item of word.items) {
      const letters =
        item.quote === null
          ? item.stretches.flatMap((stretch) =>
              Array.from(stretch.text).map((text): Stretch => ({
                ...stretch,
                text,
                width: this.#width(text, stretch),
              })),
            )
          : []
      if (item.quote !== null) pieces.push({ items: [item], width: this.chipWidth(item.quote) + item.gap, space: 0 })
      for (const letter of letters) {
        const last = pieces.at(-1)
        const end = last?.items.at(-1)
        if (last && end?.quote === null && last.width + letter.width <= width) {
          const before = end.stretches.at(-1)
          if (before && before.face === letter.face && before.ink === letter.ink) {
            end.stretches[end.stretches.length - 1] = {
              ...before,
              text: before.text + letter.text,
              width: before.width + letter.width,
            }
          } else end.stretches.push(letter)
          last.width += letter.width
        } else pieces.push({ items: [{ stretches: [letter], quote: null }], width: letter.width, space: 0 })
      }
    }
    const [first] = pieces
    if (first) first.space = word.space
    return pieces
  }

  #stretches(text: string, ink: Ink): Stretch[] {
    const stretches: Stretch[] = []
    for (const letter of text) {
      const last = stretches.at(-1)
      const face = last && MARK.test(letter) && hasLetter(last.face, letter) ? last.face : faceOf(ink.voice, letter)
      if (!face) continue
      if (last?.face === face) last.text += letter
      else stretches.push({ text: letter, ink, face, width: 0 })
    }
    for (const stretch of stretches) stretch.width = this.#width(stretch.text, stretch)
    return stretches
  }

  #width(text: string, { face, ink }: Stretch): number {
    this.#use(face, ink)
    return this.doc.widthOfString(text)
  }

  #stretch({ x, stretch: { text, ink, face } }: Part & { stretch: Stretch }, y: number, height: number): void {
    this.#use(face, ink)
    // Capitals stand in the middle of the line's box.
    const baseline = y + height / 2 + ink.size * 0.355
    this.doc.fillColor(ink.color)
    if (ink.bold) this.doc.strokeColor(ink.color).lineWidth(ink.size * BOLD)
    const options = {
      lineBreak: false,
      baseline: 'alphabetic',
      ...(ink.bold ? { fill: true, stroke: true } : {}),
    } as const
    this.doc.text(text, x, baseline, options)
  }

  #use(face: Face, { size }: Ink): void {
    if (!this.#known.has(face.name)) {
      this.doc.registerFont(face.name, face.font as never)
      this.#known.add(face.name)
    }
    this.doc.font(face.name).fontSize(size)
  }
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0)
}
