// The report as Markdown. Statements carry the numbers of their quotes, which are listed at the end.
import { escapeMarkdown, oneLine } from '#lib/workers/escape-markdown.ts'
import { numberEvidence } from '#lib/workers/evidence-numbers.ts'
import { languageName } from '#lib/workers/languages.ts'
import type { Quote } from '#lib/workers/quotes.ts'
import { pageWords } from '../part-pages.ts'
import { groupParts, groupTitle } from './choice.ts'
import type { PartContents, Report, ReportPart, StepMaking } from './shape.ts'
import {
  actionWords,
  costLine,
  costWords,
  engineWords,
  leftOutWords,
  levelWord,
  quotesWords,
  secondsWords,
  stepWord,
  toneWords,
} from './words.ts'

/** Numbers of quotes as `\[1\] \[2\]`, with a space before. */
type References = (evidence: readonly Quote[]) => string

export function reportMarkdown(report: Report): string {
  const refer = referencesIn(report)
  const blocks = [
    `# ${heading(report.title)}`,
    `${plain(report.workflow.title)} of “${plain(report.about)}”, ${moment(report.createdAt)}. **${report.review}.**`,
    ...groupParts(report.parts).flatMap((group) => groupBlocks(group, refer)),
    ...quoteBlocks(report),
    '## How it was made',
    makingTable(report),
    closing(report),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function referencesIn({ parts }: Report): References {
  const { numberOf } = numberEvidence(parts)
  return (evidence) =>
    [...new Set(evidence.map(numberOf))]
      .filter((number) => number !== null)
      .map((number) => String.raw` \[${number}\]`)
      .join('')
}

function groupBlocks(group: readonly ReportPart[], refer: References): string[] {
  const [part] = group
  if (!part) return []
  return [`## ${group.length > 1 ? groupTitle(group) : partHeading(part)}`, ...partBlocks(part, refer)]
}

function partHeading(part: ReportPart): string {
  return part.name === 'translation' && part.content
    ? `Translation into ${plain(languageName(part.content.targetLanguage))}`
    : part.title
}

function partBlocks(part: ReportPart, refer: References): string[] {
  if (part.missing) return [plain([part.missing.message, part.missing.more].filter(Boolean).join(' '))]
  const left = part.leftOut > 0 ? [`_${leftOutWords(part.leftOut)}_`] : []
  return [...contentBlocks(part, refer), ...left]
}

function contentBlocks(part: ReportPart, refer: References): string[] {
  if (part.content === null) return []
  switch (part.name) {
    case 'summary':
      return [verbatim(part.content.text), refer(part.content.evidence).trim()]
    case 'decisions':
      return [
        bulleted(
          part.content.map(
            ({ title, outcome, notes }) =>
              `${plain(title)}: **${plain(outcome)}**${notes.map((note) => ` ${plain(note)}`).join('')}`,
          ),
        ),
      ]
    case 'findings':
      return part.content.flatMap(({ label, pages, statements, missing }) => [
        `### ${heading(pages === null ? label : `${label}, ${pageWords(pages)}`)}`,
        missing === null
          ? numbered(statements.map(({ text, evidence }) => plain(text) + refer(evidence)))
          : `_${plain(missing)}_`,
      ])
    case 'tone':
      return tone(part.content, refer)
    case 'categories':
      return categories(part.content, refer)
    case 'insights':
      return [numbered(part.content.map(({ text, evidence }) => plain(text) + refer(evidence)))]
    case 'risks':
      return [
        bulleted(
          part.content.map(
            ({ text, severity, kind, evidence }) =>
              `**${levelWord(severity)}**, ${plain(kind)}: ${plain(text)}${refer(evidence)}`,
          ),
        ),
      ]
    case 'actions':
      return [
        part.content
          .map((action) => `- [ ] ${plain(action.text)} (${plain(actionWords(action))})${refer(action.evidence)}`)
          .join('\n'),
      ]
    case 'questions':
      return [
        numbered(
          part.content.map(
            ({ text, answer, evidence }) =>
              plain(text) + refer(evidence) + (answer === null ? '' : ` _${plain(answer)}_`),
          ),
        ),
      ]
    case 'translation':
      return translation(part.content)
  }
}

function tone(content: PartContents['tone'], refer: References): string[] {
  return [
    plain(toneWords(content)),
    plain(content.explanation),
    bulleted(
      content.passages.flatMap(({ score, evidence }) =>
        evidence.map((quote) => `${signed(score)} “${plain(quote.quote)}”${refer([quote])}`),
      ),
    ),
    content.emotions.length === 0
      ? ''
      : `Emotions: ${content.emotions.map(({ emotion, intensity, evidence }) => `${plain(emotion)} (${intensity})${refer(evidence)}`).join(', ')}`,
  ]
}

function categories(content: PartContents['categories'], refer: References): string[] {
  const sure = content.confidence === null ? '' : ` (${content.confidence} confidence)`
  return [
    `**${plain(content.category ?? 'No category fits')}**${sure}: ${plain(content.reason)}${refer(content.evidence)}`,
    content.tags.length === 0
      ? ''
      : `Tags: ${content.tags.map(({ tag, evidence }) => plain(tag) + refer(evidence)).join(', ')}`,
  ]
}

function translation({ unchanged, text, doubts, targetLanguage }: PartContents['translation']): string[] {
  if (unchanged) return [`The text already is in ${plain(languageName(targetLanguage))}, so it is unchanged.`]
  return [verbatim(text), doubts.length === 0 ? '' : 'To check:', bulleted(doubts.map(plain))]
}

function quoteBlocks({ evidence }: Report): string[] {
  if (evidence.length === 0) return []
  return ['## Quotes', numbered(evidence.map(({ quote }) => `“${plain(quote)}”`))]
}

function makingTable(report: Report): string {
  const rows = report.making.map((step) => [
    plain(step.title),
    stepWord(step.status, step.reason),
    plain(engineOf(step)),
    secondsWords(step.waitedMs),
    secondsWords(step.workedMs),
    costWords(step),
  ])
  return [['Worker', 'State', 'Engine', 'Waited', 'Worked', 'Cost'], Array(6).fill('---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function engineOf({ engine }: StepMaking): string {
  return engine === null ? 'not run' : engineWords(engine)
}

function closing(report: Report): string {
  const lines = [
    quotesWords(report.quotes),
    leftOutWords(report.leftOut),
    costLine(report),
    `Made with Baton, run ${report.run}.`,
    `${report.review}.`,
  ]
  return lines
    .filter((line) => line !== '')
    .map((line) => `_${plain(line)}_`)
    .join(' ')
}

function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join('\n')
}

function bulleted(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

function plain(text: string): string {
  return escapeMarkdown(oneLine(text))
}

/** Signs at the end of a heading would be taken for its frame. */
function heading(text: string): string {
  return plain(text).replace(/#(?=#*$)/g, String.raw`\#`)
}

/** Lines stay lines: two spaces keep a break, and an indent that would make code is dropped. */
function verbatim(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return lines
    .map((line, index) => {
      const [, mark = '', rest = ''] = /^(- )?(.*)$/s.exec(line) ?? []
      const next = lines[index + 1]
      return `${mark}${escapeMarkdown(rest)}${line !== '' && next !== undefined && next !== '' ? '  ' : ''}`
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

function signed(score: number): string {
  return `${score > 0 ? '+' : ''}${score.toFixed(2)}`
}
