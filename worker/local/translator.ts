import type { z } from 'zod'
import type { Outcome } from '#lib/workers/define.ts'
import { factsOf } from '#lib/workers/facts.ts'
import { languageName, sameLanguage } from '#lib/workers/languages.ts'
import { assembleTranslation, glossaryOf, segmentsOf, type TranslationPartial } from '#lib/workers/translation.ts'
import type { translator } from '#lib/workers/translator.ts'
import type { Document } from './document.ts'
import { completed, needsModel, unknownLanguageLimit } from './info.ts'
import { namesOf } from './names.ts'

type Input = z.output<typeof translator.input>

export function translate(document: Document, input: Input): Outcome {
  const source = input.sourceLanguage === 'auto' ? document.language : input.sourceLanguage
  const segments = segmentsOf({ text: input.text, sourceLanguage: source ?? 'auto' })
  if (source !== null && sameLanguage(source, input.targetLanguage)) {
    const result = assembleTranslation(
      input,
      source,
      segments,
      segments.map(({ text }) => text),
    )
    return completed(document, result, {
      method: `The text is in ${languageName(source)} already, so it was left unchanged.`,
      limits: [],
    })
  }
  const partial: TranslationPartial = {
    sourceLanguage: source,
    targetLanguage: input.targetLanguage,
    segments: segments.map(({ start, end, text }) => ({ start, end, source: text, target: null })),
    protected: protectedValues(document),
    glossary: glossaryOf(input.glossary).map((entry) => ({
      ...entry,
      found: input.text.toLowerCase().includes(entry.source.toLowerCase()),
    })),
  }
  return needsModel(document, partial, {
    method: 'Needs a connected model. Nothing was translated.',
    limits: [unknownLanguageLimit(document)],
  })
}

function protectedValues(document: Document): TranslationPartial['protected'] {
  const facts = factsOf(document.text, 200)
  const names = namesOf(document, 40)
    .filter(({ start, end }) => !facts.some((fact) => fact.start < end && start < fact.end))
    .map(({ name, start, end }) => ({ kind: 'name', value: name, start, end }))
  return [...facts, ...names].toSorted((left, right) => left.start - right.start).slice(0, 200)
}
