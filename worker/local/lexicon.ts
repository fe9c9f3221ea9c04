// The VADER word list: word → mean valence from -4 to 4 (see data/NOTICE).
import { readData } from './cues.ts'

let words: ReadonlyMap<string, number> | undefined

export function lexicon(): ReadonlyMap<string, number> {
  words ??= new Map(
    readData('vader-lexicon.tsv')
      .toString('utf8')
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => {
        const at = line.lastIndexOf('\t')
        return [line.slice(0, at), Number(line.slice(at + 1))]
      }),
  )
  return words
}
