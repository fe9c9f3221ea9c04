// Rows as CSV for spreadsheets (RFC 4180); a cell that one would take for a formula begins with an apostrophe.
import { stringify } from 'csv-stringify/sync'

/** Excel reads a CSV file without it in the machine's old code page, where é and 日本 are something else. */
export const BYTE_ORDER_MARK = '\uFEFF'

export function csvLines(rows: (string | number | null)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: '\r\n' })
}
