// Which language a text is in, or null: never a guess.
import { eld } from 'eld/extrasmall'
import { eng } from 'stopword'
import { lexicon } from './lexicon.ts'

const SAMPLE_CHARACTERS = 6000
const NOT_PROSE = /https?:\/\/\S+|\S+@\S+|[\p{N}\p{S}_#*|<>{}[\]\\/]+/gu
const englishStopWords = new Set(eng)

/** BCP 47 language of the text, null when it is too short, mixed or without words. */
export function languageOf(text: string): string | null {
  const sample = sampleOf(text).replace(NOT_PROSE, ' ')
  const { language, isReliable } = eld.detect(sample)
  if (language !== '' && isReliable()) return language === 'no' ? 'nb' : language
  return looksEnglish(sample) ? 'en' : null
}

/** Beginning and middle, without runs that no language has. */
function sampleOf(text: string): string {
  const middle = Math.floor(text.length / 2)
  const parts =
    text.length <= 2 * SAMPLE_CHARACTERS
      ? [text]
      : [text.slice(0, SAMPLE_CHARACTERS), text.slice(middle, middle + SAMPLE_CHARACTERS)]
  return parts.join(' ').replace(/\S{60,}/gu, ' ')
}

/** One or two words are too little for statistics, but not for a word list. */
function looksEnglish(sample: string): boolean {
  const words = sample.toLowerCase().match(/\p{L}[\p{L}'’]*/gu) ?? []
  if (words.length === 0 || words.length > 12 || words.join('').length < 3) return false
  const known = words.filter((word) => englishStopWords.has(word) || lexicon().has(word))
  return known.length / words.length >= 0.5
}
