import type { z } from 'zod'
import type { Outcome } from '#lib/workers/define.ts'
import { type Fact, factsOf } from '#lib/workers/facts.ts'
import type { questionGenerator } from '#lib/workers/question-generator.ts'
import { type Document, evidenceFor, type Line } from './document.ts'
import { completed, languageLimit, unknownLanguageLimit } from './info.ts'
import { namesOf } from './names.ts'
import { rankLines } from './ranking.ts'

type Input = z.output<typeof questionGenerator.input>
type Question = z.output<typeof questionGenerator.output>['questions'][number]
type Candidate = { question: Question; line: Line; weight: number }

const GAP = '_____'

export function generateQuestions(document: Document, input: Input): Outcome {
  const ranks = new Map(rankLines(document).map((line, index, all) => [line.start, 1 - index / all.length]))
  const all = [...fillIns(document, ranks), ...askedByGaps(document, ranks)].toSorted(
    (left, right) => right.weight - left.weight,
  )
  const wanted = input.kind === 'mixed' ? all : all.filter(({ question }) => question.kind === input.kind)
  const suited = wanted.length > 0 ? wanted : all
  const level =
    input.difficulty === 'mixed' ? suited : suited.filter(({ question }) => question.difficulty === input.difficulty)
  const chosen = spread(level.length > 0 ? level : suited, input.count, input.kind === 'mixed')
  const questions = chosen.map(({ question }) => (input.answers ? question : { ...question, answer: null }))
  const result = { questions: questions.length > 0 ? questions : [lastResort(document)] }
  return completed(document, result, {
    method: 'Fill-in questions made from facts in the text, and review questions triggered by its wording.',
    limits: [
      'Questions follow patterns; they do not understand the text.',
      wanted.length === 0 &&
        input.kind !== 'mixed' &&
        `The text gives no ${input.kind} questions by these rules. Other kinds are shown.`,
      level.length === 0 &&
        input.difficulty !== 'mixed' &&
        `The text gives no ${input.difficulty} questions by these rules. Others are shown.`,
      result.questions.length < input.count &&
        `The text carries ${result.questions.length} such ${result.questions.length === 1 ? 'question' : 'questions'}.`,
      unknownLanguageLimit(document),
      languageLimit(document, input.outputLanguage),
    ],
  })
}

/** A sentence with one of its facts left out; the fact is the answer. */
function fillIns(document: Document, ranks: ReadonlyMap<number, number>): Candidate[] {
  const facts = factsOf(document.text)
  const names = namesOf(document, 12)
  return document.lines
    .filter((line) => isWholeSentence(line))
    .flatMap((line) => {
      const fact =
        bestFact(facts.filter(({ start, end }) => start >= line.start && end <= line.end)) ?? nameIn(line, names)
      if (!fact) return []
      const gapped = `${line.text.slice(0, fact.start - line.start)}${GAP}${line.text.slice(fact.end - line.start)}`
      const question = {
        question: gapped.replace(/^\s*(?:\d{1,3}[.)]|[-*•–—])\s+/, '').replace(/\s+/g, ' '),
        answer: fact.value,
        kind: 'comprehension' as const,
        form: 'fill_in' as const,
        difficulty: 'easy' as const,
        evidence: [evidenceFor(line)],
      }
      return [{ question, line, weight: 0.6 + (ranks.get(line.start) ?? 0) + weightOf(fact) }]
    })
}

const WEIGHTS: Record<string, number> = {
  money: 0.5,
  percentage: 0.4,
  date: 0.3,
  duration: 0.35,
  measure: 0.4,
  quantity: 0.4,
  name: 0.2,
}

function bestFact(facts: readonly Fact[]): { kind: string; value: string; start: number; end: number } | undefined {
  return facts
    .filter(({ kind, value }) => WEIGHTS[kind] !== undefined && value.length <= 60)
    .toSorted((left, right) => weightOf(right) - weightOf(left) || left.start - right.start)[0]
}

/** A weekday alone is a poor thing to ask for. */
function weightOf({ kind, value }: { kind: string; value: string }): number {
  return kind === 'date' && !/\d/.test(value) ? 0.05 : (WEIGHTS[kind] ?? 0)
}

function nameIn(line: Line, names: readonly { name: string; start: number; end: number }[]) {
  const name = names.find(({ start, end }) => start > line.start && end <= line.end)
  return name && { kind: 'name', value: name.name, start: name.start, end: name.end }
}

function isWholeSentence({ reading, boilerplate, listItem }: Line): boolean {
  return (
    !boilerplate &&
    reading.length >= 30 &&
    reading.length <= 260 &&
    (listItem || /^[\p{Lu}\p{Lo}\p{N}"“„«¿¡']/u.test(reading)) &&
    /[.!。।]["”’»)]*$/u.test(reading)
  )
}

/** Questions that a careful reader asks where the text is vague, conditional or unsupported. */
function askedByGaps(document: Document, ranks: ReadonlyMap<number, number>): Candidate[] {
  const used = new Map<string, number>()
  return (document.cues?.questions ?? []).flatMap((cue) =>
    document.lines
      .filter((line) => !line.boilerplate && line.complete && line.reading.length <= 400)
      .toSorted((left, right) => (ranks.get(right.start) ?? 0) - (ranks.get(left.start) ?? 0))
      .flatMap((line) => {
        const match = cue.pattern.exec(line.reading)?.[0].trim()
        if (match === undefined || (used.get(cue.question) ?? 0) >= 2) return []
        used.set(cue.question, (used.get(cue.question) ?? 0) + 1)
        const question = cue.question.replace('{match}', () => match).replace('{sentence}', () => line.reading)
        return [
          {
            question: {
              question: question.slice(0, 1200),
              answer: null,
              kind: cue.kind,
              form: 'open' as const,
              difficulty: cue.difficulty,
              evidence: [evidenceFor(line)],
            },
            line,
            weight: 1 + (ranks.get(line.start) ?? 0) - 0.4 * (used.get(cue.question) ?? 0),
          },
        ]
      }),
  )
}

/** At most two questions about one sentence, no pattern twice in a row; mixed = about half of them fill-in. */
function spread(candidates: readonly Candidate[], count: number, mixed: boolean): Candidate[] {
  const chosen: Candidate[] = []
  const perLine = new Map<number, number>()
  const perForm = { fill_in: 0, open: 0 }
  for (const most of [1, 2, 20])
    for (const candidate of candidates) {
      if (chosen.length >= count) break
      const { form } = candidate.question
      const full = mixed && most < 20 && perForm[form] >= Math.ceil(count / 2)
      if (chosen.includes(candidate) || full || (perLine.get(candidate.line.start) ?? 0) >= most) continue
      perLine.set(candidate.line.start, (perLine.get(candidate.line.start) ?? 0) + 1)
      perForm[form] += 1
      chosen.push(candidate)
    }
  return chosen.toSorted((left, right) => left.line.start - right.line.start)
}

function lastResort({ lines }: Document): Question {
  const line = lines[0]
  return {
    question: `What is meant by “${(line?.reading ?? '').slice(0, 300)}”, and what should follow from it?`,
    answer: null,
    kind: 'review',
    form: 'open',
    difficulty: null,
    evidence: line ? [evidenceFor(line)] : [],
  }
}
