// What a list shows of a text.

const TITLE_LENGTH = 80
const PREVIEW_LENGTH = 200

/** The text's first line or sentence, at most 80 characters, cut at a word. */
export function titleOf(text: string): string {
  const line = text.split(/[\r\n\u2028\u2029]+/).find((candidate) => candidate.trim() !== '') ?? ''
  const flat = flatten(line)
  const sentence = /^.{8,}?[.!?。！？؟](?=\s|$)/u.exec(flat)?.[0] ?? flat
  const whole = sentence.length <= TITLE_LENGTH ? sentence : cutAtWord(sentence, TITLE_LENGTH)
  return whole === '' ? 'Untitled' : whole
}

/** The text's first 200 characters in one line. */
export function previewOf(text: string): string {
  return cut(flatten(text.slice(0, 4 * PREVIEW_LENGTH)), PREVIEW_LENGTH)
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
