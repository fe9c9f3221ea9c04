// Plain sentences for what zod finds wrong where a schema has none of its own.
import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/** Undefined leaves the words to zod. */
export function issueWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This field is missing.' : wrongType(issue)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return `${issue.inclusive === false ? 'Less than' : 'At most'} ${amount(issue.maximum, issue.origin)}.`
    case 'invalid_value':
      return issue.values.length === 1
        ? `Must be ${String(issue.values[0])}.`
        : `Use one of: ${issue.values.join(', ')}.`
    case 'not_multiple_of':
      return `Must be a multiple of ${issue.divisor}.`
    case 'invalid_format':
      return FORMATS[issue.format]
    default:
      return undefined
  }
}

const FORMATS: Record<string, string> = {
  uuid: 'This is not an id.',
  email: 'This is not an e-mail address.',
  url: 'This is not a web address.',
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function wrongType({ expected, input }: Extract<Issue, { code: 'invalid_type' }>): string | undefined {
  const wanted = TYPES[expected]
  if (!wanted) return undefined
  const given = input === null ? 'null' : Array.isArray(input) ? TYPES['array'] : TYPES[typeof input]
  return given === undefined || given === wanted || Number.isNaN(input) || expected === 'int'
    ? `Must be ${wanted}.`
    : `Must be ${wanted}, not ${given}.`
}

function tooSmall({ minimum, origin, inclusive }: Extract<Issue, { code: 'too_small' }>): string {
  if (Number(minimum) === 1 && (origin === 'string' || origin === 'array')) return 'Must not be empty.'
  return `${inclusive === false ? 'More than' : 'At least'} ${amount(minimum, origin)}.`
}

function amount(limit: number | bigint, origin: string): string {
  const written = limit.toLocaleString('en')
  if (origin === 'string') return `${written} characters`
  return origin === 'array' || origin === 'set' ? `${written} items` : written
}
