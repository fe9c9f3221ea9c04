// Which way a text runs. Pure.

const FIRST_LETTER = /\p{L}/u
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u

/** Letters that a paragraph's direction is looked up in anew at each key, which a browser does slowly. */
const LONG_TEXT = 10_000

/** Each paragraph by its own first letter, as browsers do; a long text as a whole by its first letter. */
export function textDirection(text: string): 'auto' | 'ltr' | 'rtl' {
  if (text.length <= LONG_TEXT) return 'auto'
  const letter = FIRST_LETTER.exec(text)?.[0]
  return letter !== undefined && RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}
