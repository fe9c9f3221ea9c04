// Where a report uses a place of the text. Pure.
import { numberEvidence } from '#lib/workers/evidence-numbers.ts'
import type { FoundQuote, PartName, Report, ReportPart } from '#lib/workflows/report/shape.ts'

export type Use = { part: PartName; label: string; text: string }

type Item = Omit<Use, 'part'> & { evidence: FoundQuote[] }

/** In the order of the page; a statement that quotes the place twice counts once. */
export function usesOf(report: Report, number: number): Use[] {
  const { numberOf } = numberEvidence(report.parts)
  return report.parts.flatMap((part) =>
    itemsOf(part)
      .filter(({ evidence }) => evidence.some((quote) => numberOf(quote) === number))
      .map(({ label, text }) => ({ part: part.name, label, text })),
  )
}

function itemsOf(part: ReportPart): Item[] {
  if (part.content === null) return []
  switch (part.name) {
    case 'summary':
      return [{ label: 'Summary', text: part.content.text, evidence: part.content.evidence }]
    case 'tone':
      return [
        ...part.content.passages.map(({ evidence }) => ({ label: 'Tone', text: 'among the strongest', evidence })),
        ...part.content.emotions.map(({ emotion, evidence }) => ({ label: 'Tone', text: emotion, evidence })),
      ]
    case 'categories':
      return [
        { label: 'Category', text: part.content.category ?? part.content.reason, evidence: part.content.evidence },
        ...part.content.tags.map(({ tag, evidence }) => ({ label: 'Tag', text: tag, evidence })),
      ]
    case 'findings':
      return part.content.flatMap(({ label, statements }) =>
        statements.map(({ text, evidence }) => ({ label, text, evidence })),
      )
    case 'insights':
      return part.content.map(({ text, evidence }, index) => ({ label: `Insight ${index + 1}`, text, evidence }))
    case 'risks':
      return part.content.map(({ text, severity, evidence }, index) => ({
        label: `Risk ${index + 1}, ${severity}`,
        text,
        evidence,
      }))
    case 'actions':
      return part.content.map(({ text, evidence }, index) => ({ label: `Action ${index + 1}`, text, evidence }))
    case 'questions':
      return part.content.map(({ text, evidence }, index) => ({ label: `Question ${index + 1}`, text, evidence }))
    case 'decisions':
    case 'translation':
      return []
  }
}
