// The checks of a validating step over the outputs before it.
import { z } from 'zod'
import { numbersMissing } from '#lib/workers/translation-checks.ts'
import { evidenceOf, isObject } from '#lib/workers/quotes.ts'
import type { Check } from './definition.ts'
import { textOf, type Values } from './mapping.ts'
import type { ValidationOutput } from './outputs.ts'
import { readPath } from './paths.ts'

export async function validate(checks: readonly Check[], values: Values): Promise<ValidationOutput> {
  const found = []
  for (const check of checks) {
    const problem = await problemOf(check, readPath(values, check.of), values)
    found.push({ check: check.check, of: check.of, passed: problem === null, message: problem ?? PASSED[check.check] })
  }
  return { passed: found.every(({ passed }) => passed), checks: found }
}

async function problemOf(check: Check, value: unknown, values: Values): Promise<string | null> {
  if (value === undefined || value === null) return `"${check.of}" has no value.`
  switch (check.check) {
    case 'not_empty':
      return textOf(value) === '' && !(isObject(value) && Object.keys(value).length > 0)
        ? `"${check.of}" is empty.`
        : null
    case 'length': {
      const { unit, min = 0, max = Infinity } = check
      const text = textOf(value)
      const size = unit === 'words' ? (text.match(/\S+/gu) ?? []).length : text.length
      if (size < min) return `"${check.of}" has ${size} ${unit}, and ${min} are wanted at least.`
      return size > max ? `"${check.of}" has ${size} ${unit}, and ${max} are allowed at most.` : null
    }
    case 'numbers_preserved': {
      const missing = numbersMissing(textOf(readPath(values, check.from)), textOf(value))
      return missing.length === 0
        ? null
        : `Numbers of "${check.from}" are missing in "${check.of}": ${missing.slice(0, 8).join(', ')}.`
    }
    case 'quotes_exist': {
      const quotes = evidenceOf(value)
      const lost = quotes.filter(({ start }) => start === null)
      return lost.length === 0
        ? null
        : `${lost.length} of ${quotes.length} quotes were not found in the text, the first: "${lost[0]?.quote.slice(0, 120)}".`
    }
    case 'language': {
      const language = await languageOf(textOf(value))
      if (language === null) return `The language of "${check.of}" could not be told.`
      return language === check.is ? null : `"${check.of}" is in "${language}" and not in "${check.is}".`
    }
    case 'schema': {
      const parsed = z.fromJSONSchema(check.schema).safeParse(value)
      const first = parsed.error?.issues[0]
      return first ? `"${[check.of, ...first.path].join('.')}": ${first.message}` : null
    }
  }
}

const PASSED: Record<Check['check'], string> = {
  not_empty: 'There is something.',
  length: 'The length is right.',
  numbers_preserved: 'All numbers are there.',
  quotes_exist: 'All quotes were found in the text.',
  language: 'The language is right.',
  schema: 'The form is right.',
}

/** Loaded when first asked for: its tables are several megabytes. */
async function languageOf(text: string): Promise<string | null> {
  const { eld } = await import('eld/extrasmall')
  const { language, isReliable } = eld.detect(text.slice(0, 20_000))
  return language !== '' && isReliable() ? language : null
}
