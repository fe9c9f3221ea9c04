// Text that a PDF of ours can set. Letters that none of its faces has are named instead of drawn as boxes.
import { faceOf } from './pdf-fonts.ts'

const SCRIPTS: readonly [name: string, letters: RegExp][] = [
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Chinese', /\p{Script=Han}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Bengali', /\p{Script=Bengali}/u],
  ['Tamil', /\p{Script=Tamil}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Georgian', /\p{Script=Georgian}/u],
]
const LETTER = /\p{L}/u
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u3000]+/gu
/** Says how others are to be set, and is nothing to look at. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu

/** Counts what it could not set, so that the file can say so. */
export class Letters {
  readonly missing = new Map<string, number>()

  /** Text with each stretch of unknown letters as `[12 Chinese letters]`, white space as single spaces. */
  legible(text: string): string {
    const clean = text.normalize('NFC').replace(SPACES, ' ').replace(INVISIBLE, '')
    let result = ''
    let unknown = ''
    // A space between two unknown words belongs to neither side until the next letter decides.
    let between = ''
    const settle = () => {
      if (unknown !== '') result += this.#name(unknown)
      result += between
      unknown = between = ''
    }
    for (const letter of clean) {
      if (unknown !== '' && letter === ' ') between += letter
      else if (faceOf('sans', letter) === null) {
        unknown += letter
        between = ''
      } else {
        settle()
        result += letter
      }
    }
    settle()
    return result
  }

  /** Null when all was set. */
  note(): string | null {
    if (this.missing.size === 0) return null
    const counted = [...this.missing].map(([kind, count]) => counting(count, kind))
    const last = counted.pop() ?? ''
    const list = counted.length === 0 ? last : `${counted.join(', ')} and ${last}`
    return `This PDF has no typeface for ${list}; their places are marked in square brackets. The Word and Markdown files and the page have them in full.`
  }

  #name(unknown: string): string {
    const kind =
      SCRIPTS.find(([, letters]) => letters.test(unknown))?.[0] ?? (LETTER.test(unknown) ? 'other' : 'symbol')
    const count = Array.from(unknown).length
    this.missing.set(kind, (this.missing.get(kind) ?? 0) + count)
    return `[${counting(count, kind)}]`
  }
}

function counting(count: number, kind: string): string {
  const noun = kind === 'symbol' ? 'symbol' : `${kind} letter`
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
