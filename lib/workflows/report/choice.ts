// A report of chosen parts only: title, numbers and counts are those of what is left. Pure.
import { numberEvidence } from '#lib/workers/evidence-numbers.ts'
import { evidenceOf } from '#lib/workers/quotes.ts'
import type { PartName, Report, ReportPart } from './shape.ts'

export function chooseParts(report: Report, names: readonly PartName[]): Report {
  const parts = report.parts.filter(({ name }) => names.includes(name))
  return { ...report, ...wholeOf(parts, report.about), parts }
}

/** Neighbours that one worker owes for one reason say it once. */
export function groupParts(parts: readonly ReportPart[]): ReportPart[][] {
  const groups: ReportPart[][] = []
  for (const part of parts) {
    const last = groups.at(-1)
    const owed = part.missing !== null && part.missing.kind !== 'nothing_found'
    if (owed && last?.[0]?.worker === part.worker && last[0].missing?.message === part.missing?.message) last.push(part)
    else groups.push([part])
  }
  return groups
}

/** `Insights`, `Insights, risks and actions`. */
export function groupTitle(parts: readonly ReportPart[]): string {
  const [first = '', ...rest] = parts.map(({ title }) => title)
  const others = rest.map((title) => title.toLowerCase())
  const last = others.pop()
  return last === undefined ? first : `${[first, ...others].join(', ')} and ${last}`
}

/** What the parts make together. */
export function wholeOf(
  parts: readonly ReportPart[],
  about: string,
): Pick<Report, 'title' | 'evidence' | 'quotes' | 'leftOut'> {
  const places = new Map(evidenceOf(parts).map((quote) => [`${quote.start}-${quote.end}`, quote.quote]))
  return {
    title: parts.find((part) => part.name === 'summary')?.content?.headline ?? about,
    evidence: numberEvidence(parts).marks.map(({ number, start, end }) => ({
      number,
      start,
      end,
      quote: places.get(`${start}-${end}`) ?? '',
    })),
    quotes: {
      found: sum(parts.map(({ quotes }) => quotes.found)),
      missing: sum(parts.map(({ quotes }) => quotes.missing)),
    },
    leftOut: sum(parts.map(({ leftOut }) => leftOut)),
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
