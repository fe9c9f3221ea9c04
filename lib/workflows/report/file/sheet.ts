// The report as the page that is sent on, in blocks: what DOCX and PDF set in their own way. Pure.
import { numberEvidence } from '#lib/workers/evidence-numbers.ts'
import { languageName } from '#lib/workers/languages.ts'
import type { Quote } from '#lib/workers/quotes.ts'
import { pageWords } from '../../part-pages.ts'
import { groupParts, groupTitle } from '../choice.ts'
import type { Missing, PartContents, PartName, Report, ReportPart } from '../shape.ts'
import {
  actionWords,
  costLine,
  costWords,
  engineWords,
  leftOutWords,
  levelWord,
  missingWord,
  quotesWords,
  secondsWords,
  signedScore,
  stepWord,
} from '../words.ts'

/** `document` is what a person wrote, `code` what a machine did; `quotes` are the numbers of those it rests on. */
export type Piece = { text: string; look?: 'strong' | 'soft' | 'document' | 'code'; quotes?: number[] }
export type Row = { lead: string; pieces: readonly Piece[]; note: string; quotes: number[] }

export type Block =
  | { kind: 'text'; look: 'lead' | 'body' | 'small' | 'document'; pieces: readonly Piece[] }
  | { kind: 'bullets'; look: 'lead' | 'small'; items: readonly string[] }
  | { kind: 'rows'; lead: 'number' | 'level' | 'box' | 'score'; rows: readonly Row[] }
  | { kind: 'scale'; score: number; passages: readonly number[] }
  | { kind: 'scores'; scores: { name: string; score: number; best: boolean }[] }
  | { kind: 'missing'; missing: Missing['kind']; word: string; message: string }
  | { kind: 'quotes'; quotes: { number: number; text: string }[] }
  | { kind: 'table'; columns: string[]; rows: Piece[][] }

export type Section = {
  name: PartName | 'quotes' | 'making'
  title: string
  /** The summary stands under the title of the whole. */
  untitled: boolean
  note: Piece[]
  /** Of its contents, where it is known: BCP 47. */
  language: string | null
  blocks: Block[]
}

export type Sheet = {
  title: string
  /** Null when the title says it already. */
  about: string | null
  workflow: string
  /** ISO. */
  createdAt: string
  review: string
  run: string
  /** Two stand side by side where there is room. */
  rows: Section[][]
  closing: string[]
}

export function sheetOf(report: Report): Sheet {
  const { numberOf } = numberEvidence(report.parts)
  const number = (evidence: readonly Quote[]) =>
    [...new Set(evidence.map(numberOf))].filter((found): found is number => found !== null)
  return {
    title: report.title,
    about: report.title === report.about ? null : report.about,
    workflow: report.workflow.title,
    createdAt: report.createdAt,
    review: report.review,
    run: report.run,
    rows: [...rowsOf(report, number), ...quoteRows(report), [makingSection(report)]],
    closing: [quotesWords(report.quotes), leftOutWords(report.leftOut), costLine(report), `${report.review}.`].filter(
      (line) => line !== '',
    ),
  }
}

type NumbersOf = (evidence: readonly Quote[]) => number[]

/** Tone and categories stand side by side when both have something to say. */
function rowsOf(report: Report, numbers: NumbersOf): Section[][] {
  const pair = report.parts.filter(
    ({ name, content }) => (name === 'tone' || name === 'categories') && content !== null,
  )
  return groupParts(report.parts).flatMap((group) => {
    if (pair.length === 2 && group[0] === pair[1]) return []
    const beside = pair.length === 2 && group[0] === pair[0] ? pair : null
    if (beside) return [beside.map((part) => sectionOf([part], report, numbers))]
    return [[sectionOf(group, report, numbers)]]
  })
}

function sectionOf(group: readonly ReportPart[], report: Report, numbers: NumbersOf): Section {
  const part = group[0]
  if (!part) throw new Error('A group has a part.')
  const left = part.missing === null && part.leftOut > 0 ? [small(leftOutWords(part.leftOut))] : []
  return {
    name: part.name,
    title: group.length > 1 ? groupTitle(group) : titleOf(part),
    untitled: part.name === 'summary' && part.content !== null,
    note: part.name === 'tone' && part.content !== null ? toneNote(part.content) : [],
    language: part.name === 'translation' ? (part.content?.targetLanguage ?? null) : report.language,
    blocks: [...(part.missing ? [missingBlock(part.missing)] : blocksOf(part, numbers)), ...left],
  }
}

function titleOf(part: ReportPart): string {
  return part.name === 'translation' && part.content !== null
    ? `Translation into ${languageName(part.content.targetLanguage)}`
    : part.title
}

function missingBlock({ kind, message, more }: Missing): Block {
  const words = [message, more].filter((word) => word !== null).join(' ')
  return { kind: 'missing', missing: kind, word: missingWord(kind), message: words }
}

function blocksOf(part: ReportPart, numbers: NumbersOf): Block[] {
  if (part.content === null) return []
  switch (part.name) {
    case 'summary':
      return summary(part.content, numbers)
    case 'decisions':
      return [
        {
          kind: 'rows',
          lead: 'number',
          rows: part.content.map(({ title, outcome, notes }, index) => ({
            lead: `${index + 1}`,
            pieces: [{ text: `${title} ` }, { text: outcome, look: 'strong' }],
            note: notes.join(' '),
            quotes: [],
          })),
        },
      ]
    case 'findings':
      return part.content.flatMap((one) => findings(one, numbers))
    case 'tone':
      return tone(part.content, numbers)
    case 'categories':
      return categories(part.content, numbers)
    case 'insights':
      return [rows('number', part.content, numbers, (_, index) => ({ lead: `${index + 1}`, note: '' }))]
    case 'risks':
      return [rows('level', part.content, numbers, ({ severity, kind }) => ({ lead: levelWord(severity), note: kind }))]
    case 'actions':
      return [rows('box', part.content, numbers, (action) => ({ lead: '', note: actionWords(action) }))]
    case 'questions':
      return [
        rows('number', part.content, numbers, ({ answer }, index) => ({
          lead: `${index + 1}`,
          note: answer ?? 'The text does not answer this.',
        })),
      ]
    case 'translation':
      return translation(part.content)
  }
}

function findings(
  { label, pages, statements, missing }: PartContents['findings'][number],
  numbers: NumbersOf,
): Block[] {
  const pieces: Piece[] = [
    { text: label, look: 'strong' },
    ...(pages === null ? [] : [{ text: `, ${pageWords(pages)}`, look: 'soft' } as const]),
  ]
  return [
    { kind: 'text', look: 'body', pieces },
    missing === null
      ? rows('number', statements, numbers, (_, index) => ({ lead: `${index + 1}`, note: '' }))
      : small(missing),
  ]
}

function summary({ text, evidence }: PartContents['summary'], numbers: NumbersOf): Block[] {
  const lines = linesOf(text)
  const quotes = numbers(evidence)
  if (lines.length > 0 && lines.every((line) => line.startsWith('- ')))
    return [
      { kind: 'bullets', look: 'lead', items: lines.map((line) => line.slice(2)) },
      ...(quotes.length > 0 ? [{ kind: 'text', look: 'body', pieces: [{ text: '', quotes }] } as const] : []),
    ]
  return lines.map((line, index) => ({
    kind: 'text',
    look: 'lead',
    pieces: [{ text: line, quotes: index === lines.length - 1 ? quotes : [] }],
  }))
}

function toneNote({ label, score, manner }: PartContents['tone']): Piece[] {
  if (label === null) return []
  return [
    { text: `${label} `, look: 'soft' },
    ...(score === null ? [] : [{ text: signedScore(score), look: 'strong' } as const]),
    ...(manner.length === 0 ? [] : [{ text: `, ${manner.slice(0, 2).join(', ')}`, look: 'soft' } as const]),
  ]
}

function tone(content: PartContents['tone'], numbers: NumbersOf): Block[] {
  const { score, explanation, passages, emotions, urgency } = content
  const feelings = [
    ...(urgency === null ? [] : [{ word: urgency === 'none' ? 'No urgency' : `Urgency ${urgency}`, evidence: [] }]),
    ...emotions.map(({ emotion, intensity, evidence }) => ({ word: `${emotion} (${intensity})`, evidence })),
  ]
  return [
    ...(score === null ? [] : [{ kind: 'scale', score, passages: passages.map((passage) => passage.score) } as const]),
    { kind: 'text', look: 'body', pieces: [{ text: explanation }] },
    ...(passages.length === 0
      ? []
      : [
          {
            kind: 'rows',
            lead: 'score',
            rows: passages.map(({ score: of, evidence }) => ({
              lead: signedScore(of),
              note: '',
              pieces: [{ text: evidence.map(({ quote }) => quote).join(' '), look: 'document' } as const],
              quotes: numbers(evidence),
            })),
          } as const,
        ]),
    ...(feelings.length === 0 ? [] : [listed(feelings, numbers)]),
  ]
}

function categories(content: PartContents['categories'], numbers: NumbersOf): Block[] {
  const { category, scores, reason, evidence, tags } = content
  const best: Block[] =
    scores.length > 0
      ? [
          {
            kind: 'scores',
            scores: scores.map((s) => ({ name: s.category, score: s.score, best: s.category === category })),
          },
        ]
      : []
  const name = category === null ? 'No category' : scores.length === 0 ? category : null
  return [
    ...(name === null ? [] : [{ kind: 'text', look: 'body', pieces: [{ text: name, look: 'strong' }] } as const]),
    ...best,
    small(reason, numbers(evidence)),
    ...(tags.length === 0
      ? []
      : [
          listed(
            tags.map(({ tag, evidence: of }, index) => ({ word: index === 0 ? `Tags: ${tag}` : tag, evidence: of })),
            numbers,
          ),
        ]),
  ]
}

function translation({ unchanged, targetLanguage, text, doubts }: PartContents['translation']): Block[] {
  if (unchanged) return [small(`The text already is in ${languageName(targetLanguage)}, so it is unchanged.`)]
  return [
    ...linesOf(text).map(
      (line) => ({ kind: 'text', look: 'document', pieces: [{ text: line, look: 'document' }] }) as const,
    ),
    ...(doubts.length === 0
      ? []
      : [small('Read these places before you use it:'), { kind: 'bullets', look: 'small', items: doubts } as const]),
  ]
}

function quoteRows({ evidence, language }: Report): Section[][] {
  if (evidence.length === 0) return []
  const quotes = evidence.map(({ number, quote }) => ({ number, text: quote }))
  return [
    [{ name: 'quotes', title: 'Quotes', untitled: false, note: [], language, blocks: [{ kind: 'quotes', quotes }] }],
  ]
}

function makingSection({ making }: Report): Section {
  const rowsOfMaking = making.map((step): Piece[] => [
    { text: step.title },
    { text: stepWord(step.status, step.reason) },
    step.engine === null ? { text: 'not run', look: 'soft' } : { text: engineWords(step.engine), look: 'code' },
    { text: secondsWords(step.waitedMs) },
    { text: secondsWords(step.workedMs) },
    { text: costWords(step) },
  ])
  const columns = ['Worker', 'State', 'Engine', 'Waited', 'Worked', 'Cost']
  const blocks: Block[] = [{ kind: 'table', columns, rows: rowsOfMaking }]
  return { name: 'making', title: 'How it was made', untitled: false, note: [], language: null, blocks }
}

function rows<Item extends { text: string; evidence: readonly Quote[] }>(
  lead: 'number' | 'level' | 'box',
  items: readonly Item[],
  numbers: NumbersOf,
  frame: (item: Item, index: number) => { lead: string; note: string },
): Block {
  return {
    kind: 'rows',
    lead,
    rows: items.map((item, index) => ({
      ...frame(item, index),
      pieces: [{ text: item.text }],
      quotes: numbers(item.evidence),
    })),
  }
}

function small(text: string, quotes: number[] = []): Block {
  return { kind: 'text', look: 'small', pieces: [{ text, look: 'soft', quotes }] }
}

function listed(words: readonly { word: string; evidence: readonly Quote[] }[], numbers: NumbersOf): Block {
  const pieces = words.map(
    ({ word, evidence }, index) =>
      ({ text: index === 0 ? word : `, ${word}`, look: 'soft', quotes: numbers(evidence) }) as const,
  )
  return { kind: 'text', look: 'small', pieces }
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
}
