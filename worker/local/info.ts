import type { Confidence, Outcome, ResultInfo } from '#lib/workers/define.ts'
import { countEvidence } from '#lib/workers/quotes.ts'
import { languageName } from '#lib/workers/languages.ts'
import type { Document } from './document.ts'

export const ENGINE_VERSION = '1'

type Basis = {
  method: string
  limits?: (string | false | null)[]
  confidence?: Confidence | null
  confidenceBasis?: string | null
}

export function completed(document: Document, result: unknown, basis: Basis): Outcome {
  return { result, info: infoFor(document, result, basis) }
}

export function needsModel(document: Document, partial: Record<string, unknown>, basis: Basis): Outcome {
  return { blocked: 'needs_model', partial, info: infoFor(document, partial, basis) }
}

/** Said when someone asked for a language that only a model can write in. */
export function languageLimit(document: Document, wanted: string): string | null {
  if (wanted === 'same' || wanted === document.language) return null
  return `The result was asked for in ${languageName(wanted)}. Built-in rules quote the text and keep its language.`
}

export function unknownLanguageLimit(document: Document): string | null {
  return document.language === null
    ? 'The language could not be told: the text is too short, mixed, or has few words.'
    : null
}

function infoFor(document: Document, result: unknown, basis: Basis): ResultInfo {
  return {
    engine: { kind: 'rules', name: 'Built-in engine', version: ENGINE_VERSION },
    method: basis.method,
    language: document.language,
    limits: (basis.limits ?? []).filter((limit) => typeof limit === 'string'),
    confidence: basis.confidence ?? null,
    confidenceBasis: basis.confidenceBasis ?? null,
    evidence: countEvidence(result),
    replacedCharacters: 0,
  }
}
