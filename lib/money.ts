// Money as people read it, on pages and in exports alike.

/** Millionths of a dollar; small amounts keep their significant digits (`$0.003`), null is "unpriced". */
export function formatMoney(micros: number | null | undefined): string {
  if (micros === null || micros === undefined || !Number.isFinite(micros)) return 'unpriced'
  const sign = micros < 0 ? '-' : ''
  const dollars = Math.abs(micros) / 1_000_000
  if (dollars === 0) return '$0'
  if (dollars >= 0.995)
    return `${sign}$${dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  const digits = Math.max(2, 2 - Math.floor(Math.log10(dollars)))
  const [whole, fraction = ''] = dollars.toFixed(digits).split('.')
  return `${sign}$${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`
}
