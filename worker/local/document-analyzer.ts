import type { z } from 'zod'
import type { Outcome } from '#lib/workers/define.ts'
import type { documentAnalyzer } from '#lib/workers/document-analyzer.ts'
import { type Fact, factsOf } from '#lib/workers/facts.ts'
import { languageName } from '#lib/workers/languages.ts'
import { CUE_LANGUAGES, type Cues, type RiskCue } from './cues.ts'
import { claimFor, type Document, evidenceFor, type Line } from './document.ts'
import { completed, languageLimit, unknownLanguageLimit } from './info.ts'
import { keyPhrases } from './key-phrases.ts'
import { namesOf } from './names.ts'
import { PARSED_CHARACTERS } from './terms.ts'
import { pickLines, rankLines } from './ranking.ts'

type Input = z.output<typeof documentAnalyzer.input>
type Output = z.output<typeof documentAnalyzer.output>
type Level = 'high' | 'medium' | 'low'

export function analyzeDocument(document: Document, input: Input): Outcome {
  const { cues } = document
  const actions = cues ? actionsOf(document, cues) : []
  const asked = new Set(actions.map(({ line }) => line.start))
  const risks = cues
    ? risksOf(document, cues)
        .filter(({ line, severity }) => severity !== 'low' || !asked.has(line.start))
        .slice(0, input.maxRisks)
    : []
  const ranked = rankLines(document)
  const summary = pickLines(ranked, 2)
  const taken = new Set(
    [...summary, ...risks.map(({ line }) => line), ...actions.map(({ line }) => line)].map(({ start }) => start),
  )
  const fresh = ranked.filter(({ start, stems }) => !taken.has(start) && stems.length >= 4)
  const insights = pickLines(
    fresh.length > 0 ? fresh : ranked,
    input.focus === 'balanced' ? input.maxInsights : Math.min(3, input.maxInsights),
  )
  const result: Output = {
    documentType: documentTypeOf(document),
    summary: {
      text: summary
        .map(({ reading }) => reading)
        .join(' ')
        .slice(0, 1500),
      evidence: summary.map(evidenceFor),
    },
    insights: insights.map(claimFor),
    risks: risks.map(({ line, severity, kind }) => ({ ...claimFor(line), severity, kind })),
    actions: actions.slice(0, input.maxActions).map(({ line, priority, owner, due }) => ({
      ...claimFor(line),
      priority,
      origin: 'stated',
      owner,
      due,
    })),
    facts: distinctFacts(factsOf(document.text, 500), document.lines)
      .slice(0, 60)
      .map((fact) => ({
        kind: fact.kind,
        value: fact.value.slice(0, 200),
        label: document.language === 'en' ? labelOf(document.text, fact) : null,
        evidence: [{ quote: document.text.slice(fact.start, fact.end), start: fact.start, end: fact.end }],
      })),
    names: namesOf(document, 40).map(({ name, kind, mentions, start, end }) => ({
      name,
      kind,
      mentions,
      evidence: [{ quote: document.text.slice(start, end), start, end }],
    })),
    keyPhrases: keyPhrases(document, 10).map(({ phrase }) => phrase.replace(/\s+/g, ' ')),
  }
  return completed(document, result, {
    method: 'Picks and tags sentences from your text. It does not reason or advise.',
    limits: [
      'Risks and actions are sentences with cue words; the actions are those stated in the text.',
      'Kinds of names are uncertain.',
      cues === null &&
        document.language !== null &&
        `Risks and actions were not looked for: there are cue words for ${CUE_LANGUAGES.map(languageName).join(', ')}, and this text is in ${languageName(document.language)}.`,
      document.text.length > PARSED_CHARACTERS &&
        `Names and key phrases come from the first ${PARSED_CHARACTERS.toLocaleString('en')} characters.`,
      unknownLanguageLimit(document),
      languageLimit(document, input.outputLanguage),
    ],
  })
}

function documentTypeOf({ cues, text }: Document): string | null {
  return cues?.documentTypes.find(({ pattern }) => pattern.test(text.slice(0, 20_000)))?.type ?? null
}

function risksOf(document: Document, cues: Cues): { line: Line; severity: Level; kind: string }[] {
  const { domain } = document
  const active: RiskCue[] = [...(domain?.risks ?? []), ...cues.risks.filter(({ kind }) => !domain?.drop.includes(kind))]
  return document.lines
    .filter((line) => !line.boilerplate && line.stems.length >= 3)
    .flatMap((line) => {
      const hits = active.filter(({ pattern }) => pattern.test(line.text))
      const kinds = new Map<string, number>()
      for (const { kind, weight } of hits) kinds.set(kind, (kinds.get(kind) ?? 0) + weight)
      const main = [...kinds].toSorted(([, left], [, right]) => right - left)[0]
      if (!main || negatedOnly(line, cues, domain?.domain === 'clinical')) return []
      const sum = [...kinds.values()].reduce((total, weight) => total + weight, 0)
      const weight = sum + (cues.conditional.test(line.text) ? 1.5 : 0)
      return weight < 2.5
        ? []
        : [
            {
              line,
              kind: main[0],
              weight,
              severity: weight >= 5 ? ('high' as const) : weight >= 3.5 ? ('medium' as const) : ('low' as const),
            },
          ]
    })
    .toSorted((left, right) => right.weight - left.weight || left.line.start - right.line.start)
}

/** "No acute changes" is a finding, not a risk; in clinical notes this is how absence is written. */
function negatedOnly(line: Line, cues: Cues, clinical: boolean): boolean {
  return (
    clinical &&
    cues.negation.test(line.text) &&
    !cues.conditional.test(line.text) &&
    !/\b(cannot|alone|worsen)/i.test(line.text)
  )
}

type Action = { line: Line; priority: Level; owner: string | null; due: string | null }

function actionsOf(document: Document, cues: Cues): Action[] {
  let introduced = false
  return document.lines
    .flatMap((line): (Action & { weight: number })[] => {
      if (cues.listIntro.test(line.reading.slice(-60))) introduced = true
      else if (!line.listItem) introduced = false
      const listed = line.listItem && (introduced || cues.imperative.test(line.reading))
      if (line.boilerplate || line.stems.length < 2 || line.reading.length < 12) return []
      const ordered = cues.imperative.test(line.reading) && line.complete
      const asked = cues.request.test(line.reading) && line.complete && !cues.notRequest.test(line.reading)
      if (!listed && !ordered && !asked) return []
      const due = cues.due.exec(line.text)?.[0].replace(/\s+/g, ' ').slice(0, 80) ?? null
      const urgent = cues.urgent.test(line.text)
      const optional = cues.optional.test(line.text)
      const priority = urgent || (due !== null && !optional) ? 'high' : optional ? 'low' : 'medium'
      const weight =
        (urgent ? 3 : 0) + (due ? 2 : 0) + (listed ? 2 : 0) + (asked ? 1 : 0) + (ordered ? 1 : 0) - (optional ? 1 : 0)
      return [{ line, priority, owner: ownerOf(line, cues), due, weight }]
    })
    .toSorted((left, right) => right.weight - left.weight || left.line.start - right.line.start)
}

function ownerOf({ reading }: Line, cues: Cues): string | null {
  const owner = cues.owner
    .exec(reading)
    ?.slice(1)
    .find((group) => group !== undefined)
  return owner === undefined || cues.notOwner.test(owner) ? null : owner
}

/** Each value once; the times that begin the lines of a log are no facts. */
function distinctFacts(facts: readonly Fact[], lines: readonly Line[]): Fact[] {
  const seen = new Set<string>()
  const stamps = new Set(lines.filter(({ stamped }) => stamped).flatMap(({ start }) => [start, start + 1]))
  return facts.filter(({ kind, value, start }) => {
    if (stamps.has(start)) return false
    const key = `${kind} ${value.toLowerCase()}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const LINK =
  /(?:^|[\s(])((?:[\p{L}][\p{L}'’-]*\s){1,4})(?:of|was|is|were|are|stood at|fell to|rose to|totals?|of about|number)\s$/iu
const NOT_A_LABEL =
  /\b(?:the|a|an|our|your|its|his|her|their|my|this|that|we|I|you|it|they|he|she|have|has|had|been|be|and|or|with|by|from|in|on|for|fell|rose|went|up|down|worth|dated|due|about|than|which|who|said|told|reported|stood|add|cut|paid|lowered|already|not|also|after|before|bear|is|was|are|of|number|to|at|instead)\b/gi

/** The words that name a value: "total charge" for "The total charge was $38,412.75". */
function labelOf(text: string, { kind, start }: Fact): string | null {
  if (['date', 'time', 'duration'].includes(kind)) return null
  const words = LINK.exec(text.slice(Math.max(0, start - 60), start))?.[1]
  if (words === undefined) return null
  const label = words.split(NOT_A_LABEL).at(-1)?.trim() ?? ''
  return label.length >= 4 && label.length <= 40 ? label : null
}
