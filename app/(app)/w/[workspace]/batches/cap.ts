// A cap as people type it: "2", "$2.50", "0,05". Pure.
import { formatMoney } from '#lib/money.ts'
import { MAX_CAP_MICROS } from '#lib/budgets/limits.ts'

/** Null micros and no problem: the field is empty. */
export type Cap = { micros: number | null; problem: string | null }

/** A comma with three digits behind it may be meant either way, so it is asked about. */
const AMOUNT = /^\$?\s*(\d{1,9})?(?:\.(\d{0,6})|,(\d{1,2}))?$/

export function capOf(text: string): Cap {
  const given = text.trim()
  if (given === '') return { micros: null, problem: null }
  const [, whole = '', point = '', comma = ''] = AMOUNT.exec(given) ?? []
  const fraction = point + comma
  if (whole + fraction === '') return { micros: null, problem: 'Write an amount in US dollars, such as 2.50.' }
  const micros = Number(whole || '0') * 1_000_000 + Number(fraction.padEnd(6, '0'))
  if (micros === 0) return { micros: null, problem: 'A cap of nothing starts nothing. Leave it empty for none.' }
  if (micros > MAX_CAP_MICROS) return { micros: null, problem: `The highest cap is ${formatMoney(MAX_CAP_MICROS)}.` }
  return { micros, problem: null }
}

/** As it stands in a field: "2.50". */
export function capText(micros: number | null): string {
  if (micros === null) return ''
  return (micros / 1_000_000).toFixed(6).replace(/(\.\d\d\d*?)0+$/, '$1')
}
