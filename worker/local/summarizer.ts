import { SUMMARY_SENTENCES, type summarizer } from '#lib/workers/summarizer.ts'
import type { Outcome } from '#lib/workers/define.ts'
import type { z } from 'zod'
import { claimFor, type Document, evidenceFor } from './document.ts'
import { completed, languageLimit, unknownLanguageLimit } from './info.ts'
import { pickLines, rankLines } from './ranking.ts'

type Input = z.output<typeof summarizer.input>
type Output = z.output<typeof summarizer.output>

export function summarize(document: Document, input: Input): Outcome {
  const ranked = rankLines(document, input.focus)
  const picked = pickLines(ranked, SUMMARY_SENTENCES[input.length])
  const rest = ranked.filter((line) => !picked.some(({ start }) => start === line.start))
  const result: Output = {
    headline: headlineOf(document),
    summary: picked
      .map(({ reading }) => (input.style === 'bullets' ? `- ${reading}` : reading))
      .join(input.style === 'bullets' || picked.some(({ stamped }) => stamped) ? '\n' : ' '),
    evidence: picked.map(evidenceFor),
    keyPoints: rest
      .slice(0, input.maxKeyPoints)
      .filter(({ stems }) => stems.length >= 4)
      .map(claimFor),
  }
  return completed(document, result, {
    method: 'Key sentences, word for word from your text.',
    limits: [
      'Sentences are chosen, not rewritten or merged.',
      rest.length === 0 && 'The text is too short to be shortened; all of it is shown.',
      unknownLanguageLimit(document),
      languageLimit(document, input.outputLanguage),
    ],
  })
}

/** The subject line or a short first line without an end mark, if the text has one. */
export function headlineOf({ text, cues, lines }: Document): string | null {
  const subject = cues?.heading.exec(text.slice(0, 2000))?.[1]
  if (subject) return subject.trim().slice(0, 200)
  const first = lines[0]
  if (!first || lines.length < 3 || first.boilerplate) return null
  const heading =
    text
      .slice(first.start, first.start + 120)
      .split('\n')[0]
      ?.trim() ?? ''
  const followed = text.slice(first.start + heading.length).startsWith('\n')
  return followed && heading.length >= 6 && heading.length <= 100 && !/[.!?,;]$/.test(heading) ? heading : null
}
