import type { z } from 'zod'
import { categoriesOf, type Category, type categoryClassifier } from '#lib/workers/category-classifier.ts'
import type { Confidence, Outcome } from '#lib/workers/define.ts'
import { type Document, evidenceFor, type Line } from './document.ts'
import { completed, languageLimit, unknownLanguageLimit } from './info.ts'
import { keyPhrases } from './key-phrases.ts'
import { dot, topicWords, vectors } from './vectors.ts'
import { stemOf, stemsOf } from './words.ts'

type Input = z.output<typeof categoryClassifier.input>
type Output = z.output<typeof categoryClassifier.output>
type Label = Category & { stems: ReadonlySet<string>; nameStems: ReadonlySet<string>; vector: Float64Array | null }
type Fit = { label: Label; fit: number }

const OVERLAP_WEIGHT = 0.2
/** Below this no category fits; off-topic texts stayed below 0.12 in the test set. */
const LEAST_FIT = 0.2
const LEAST_MARGIN = 0.05
/** Without word similarity: a word of the category's name, or two of its description. */
const LEAST_OVERLAP = 0.75

export function classifyCategory(document: Document, input: Input): Outcome {
  const english = document.language === 'en'
  const labels = categoriesOf(input.categories).map((category) => labelFor(category, document))
  const fits = fitsOf(document, labels, english)
  const [first, second] = fits
  const margin = (first?.fit ?? 0) - (second?.fit ?? 0)
  const sure = first !== undefined && margin >= LEAST_MARGIN && first.fit >= (english ? LEAST_FIT : LEAST_OVERLAP)
  const chosen = sure || !input.allowNone ? first : undefined
  const confidence = chosen ? (sure ? confidenceOf(margin, english) : 'low') : null
  const words = first ? decidingWords(document, first.label, english) : []
  const result: Output = {
    category: chosen?.label.name ?? null,
    confidence,
    reason: reasonOf(chosen, fits, words),
    evidence: first ? evidenceLines(document, first.label, words).map(evidenceFor) : [],
    scores: fits.map(({ label, fit }) => ({
      category: label.name,
      score: Math.round(Math.min(1, Math.max(0, fit)) * 100) / 100,
    })),
    tags: tagsOf(document, input.maxTags),
  }
  return completed(document, result, {
    method: english
      ? 'Word similarity: compares the words of the text with the names and descriptions of the categories.'
      : 'Shared words: looks for the words of the categories in the text.',
    limits: [
      'Fits compare the categories with each other; they are not probabilities.',
      !english && 'Word similarity is English only. For this text only words in common with a category count.',
      labels.some(({ description }) => description === '') &&
        'Categories without a description are matched by their name alone.',
      unknownLanguageLimit(document),
      languageLimit(document, input.outputLanguage),
    ],
    confidence,
    confidenceBasis: chosen && sure && english ? basisOf(margin) : null,
  })
}

function labelFor(category: Category, document: Document): Label {
  const text = `${category.name} ${category.description}`
  return {
    ...category,
    stems: new Set(stemsOf(text, document.language)),
    nameStems: new Set(stemsOf(category.name, document.language)),
    vector: vectors().embed(topicWords(text)),
  }
}

function fitsOf(document: Document, labels: readonly Label[], english: boolean): Fit[] {
  const shared = new Map<string, number>()
  for (const { stems } of labels) for (const stem of stems) shared.set(stem, (shared.get(stem) ?? 0) + 1)
  const weightOf = (stem: string, label: Label): number => (!english && label.nameStems.has(stem) ? 2 : 1)
  const fitOf = (text: string, stems: ReadonlySet<string>): number[] => {
    const vector = english ? vectors().embed(topicWords(text)) : null
    return labels.map((label) => {
      const common = [...label.stems].filter((stem) => stems.has(stem))
      const overlap = Math.min(
        1,
        common.reduce((sum, stem) => sum + weightOf(stem, label) / (shared.get(stem) ?? 1), 0) / 2,
      )
      if (!english) return overlap
      return (vector && label.vector ? dot(vector, label.vector) : 0) + OVERLAP_WEIGHT * overlap
    })
  }
  const whole = fitOf(document.text, new Set(document.lines.flatMap((line) => line.stems)))
  return labels
    .map((label, index) => ({ label, fit: whole[index] ?? 0 }))
    .toSorted((left, right) => right.fit - left.fit)
}

/** Thresholds from 40 short texts in 8 categories; see basisOf. */
function confidenceOf(margin: number, english: boolean): Confidence {
  if (!english) return 'low'
  if (margin >= 0.15) return 'high'
  return margin >= 0.1 ? 'medium' : 'low'
}

function basisOf(margin: number): string {
  const right = margin >= 0.15 ? '21 of 23' : margin >= 0.1 ? '25 of 28' : '29 of 32'
  return `The best category leads by ${margin.toFixed(2)}. In a test with 40 short English texts and eight described categories, ${right} answers with at least such a lead were right.`
}

function reasonOf(chosen: Fit | undefined, fits: readonly Fit[], words: readonly string[]): string {
  const [first, second] = fits
  const seen =
    words.length > 0
      ? `Words such as ${words.map((word) => `“${word}”`).join(', ')} are close to it.`
      : 'No single word stands out.'
  if (chosen) {
    const next = second ? ` Next comes “${second.label.name}” (${fitText(second.fit)}).` : ''
    return `“${chosen.label.name}” fits best (${fitText(chosen.fit)}). ${seen}${next}`
  }
  if (!first || !second || first.fit < LEAST_FIT || first.fit - second.fit >= LEAST_MARGIN)
    return 'No category fits well enough. Pick one, or add a category with a description.'
  return `“${first.label.name}” (${fitText(first.fit)}) and “${second?.label.name ?? ''}” (${fitText(second?.fit ?? 0)}) fit almost equally well. Pick one.`
}

function fitText(fit: number): string {
  return Math.max(0, fit).toFixed(2)
}

/** Words of the text that are nearest to the category, strongest first. */
function decidingWords(document: Document, label: Label, english: boolean): string[] {
  const words = [...new Set(document.lines.flatMap((line) => line.reading.match(/\p{L}[\p{L}'’-]+/gu) ?? []))]
  const lower = [...new Set(words.map((word) => word.toLowerCase()))].slice(0, 3000)
  return lower
    .map((word) => [word, nearness(word, label, document, english)] as const)
    .filter(([, near]) => near >= 0.35)
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, 4)
    .map(([word]) => word)
}

function nearness(word: string, label: Label, document: Document, english: boolean): number {
  if (label.stems.has(stemOf(word, document.language))) return 1
  const [topic] = english ? topicWords(word) : []
  const vector = topic === word ? vectors().embed([word]) : null
  return vector && label.vector ? dot(vector, label.vector) : 0
}

function evidenceLines(document: Document, label: Label, words: readonly string[]): Line[] {
  const deciding = new Set([...label.stems, ...words.map((word) => stemOf(word, document.language))])
  return document.lines
    .filter((line) => !line.boilerplate)
    .map((line) => [line, new Set(line.stems.filter((stem) => deciding.has(stem))).size] as const)
    .filter(([, count]) => count > 0)
    .toSorted(([left, more], [right, most]) => most - more || left.start - right.start)
    .slice(0, 3)
    .map(([line]) => line)
    .toSorted((left, right) => left.start - right.start)
}

function tagsOf(document: Document, limit: number): Output['tags'] {
  return keyPhrases(document, limit).map(({ phrase, start, end }) => ({
    tag: phrase.replace(/\s+/g, ' ').toLowerCase().slice(0, 60).trim(),
    evidence: [{ quote: document.text.slice(start, end), start, end }],
  }))
}
