// What a list shows of a text.
import { endsShortened } from '#lib/workers/sentences.ts'

const TITLE_LENGTH = 80
const PREVIEW_LENGTH = 200
/** Shorter beginnings say too little: "Yes.", "Dear all!". */
const SHORTEST_SENTENCE = 9
/** Signs that end a sentence, with the quotation marks that close behind them. A full stop needs a space after it. */
const SENTENCE_END = /(?:[.!?؟।…]+["'»”’)]*(?=\s|$)|[。！？]+[」』”]?)/gu

/** The text's first line or sentence, at most 80 characters, cut at a word. */
export function titleOf(text: string): string {
  const line = text.split(/[\r\n\u2028\u2029]+/).find((candidate) => candidate.trim() !== '') ?? ''
  const flat = flatten(line)
  const sentence = flat.slice(0, sentenceLength(flat))
  const whole = sentence.length <= TITLE_LENGTH ? sentence : cutAtWord(sentence, TITLE_LENGTH)
  return whole === '' ? 'Untitled' : whole
}

/** A file's name without its ending. */
export function titleOfFile(name: string): string {
  return cut(name.replace(/(?<=.)\.[a-z0-9]{1,8}$/i, ''), 200)
}

/** The text's first 200 characters in one line. */
export function previewOf(text: string): string {
  return cut(flatten(text.slice(0, 4 * PREVIEW_LENGTH)), PREVIEW_LENGTH)
}

/** Where the first sentence ends, as far as a title can tell; the whole length when it goes on beyond a title. */
function sentenceLength(line: string): number {
  for (const { 0: end, index } of line.slice(0, TITLE_LENGTH + 1).matchAll(SENTENCE_END)) {
    const length = index + end.length
    if (length >= SHORTEST_SENTENCE && !(end === '.' && goesOn(line.slice(0, length), line.slice(length).trimStart())))
      return length
  }
  return line.length
}

/** Whether a full stop ends no sentence: after "3.", "Nr.", "z. B.", "J.", and before small letters. */
function goesOn(before: string, after: string): boolean {
  if (after === '') return false
  return /^\p{Ll}/u.test(after) || /(?:^|[^\p{L}\d])(?:\d{1,2}|\p{L})\.$/u.test(before) || endsShortened(before)
}

function flatten(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function cutAtWord(text: string, length: number): string {
  const head = cut(text, length - 1)
  const space = head.lastIndexOf(' ')
  return `${space > length / 2 ? head.slice(0, space) : head}…`
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff && text.length > length - 1 ? length - 1 : length)
}
