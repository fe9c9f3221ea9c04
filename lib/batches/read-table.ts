// Reads a table of texts: CSV in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. What cannot be read
// names its line. Cells stay as they are, formulas too: they are text here, and guarded when they leave again.
import { CsvError, parse } from 'csv-parse/sync'
import { InvalidInput } from '#lib/errors.ts'
import { isWellFormed } from '#lib/text.ts'
import { MAX_COLUMNS, MAX_ROWS } from './states.ts'

export type Table = {
  columns: string[]
  /** As many cells each as there are columns. */
  rows: string[][]
  encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252'
  delimiter: ',' | ';' | '\t'
  /** Numbers, from 1 on, of rows that had more or fewer cells; they were cut or filled up. */
  ragged: number[]
}

/** @throws InvalidInput */
export function readTable(bytes: Uint8Array, { header = true } = {}): Table {
  const { text, encoding } = decode(bytes)
  if (text.trim() === '') throw refused('The table is empty. Choose a CSV file with a row for each text.')
  if (!isWellFormed(text)) throw refused('This is not a CSV file: it has NUL characters. Save the table as CSV first.')
  const delimiter = delimiterOf(text)
  const all = parseRows(text, delimiter)
  const width = Math.max(...all.slice(0, 100).map((row) => row.length))
  if (width > MAX_COLUMNS)
    throw refused(`The table has ${width} columns, more than the ${MAX_COLUMNS} that one may have. Leave some out.`)
  const names = header ? (all[0] ?? []) : []
  const body = header ? all.slice(1) : all
  if (body.length === 0)
    throw refused('The table has one row only, which was taken for the names of its columns. Add rows, or say so.')
  if (body.length > MAX_ROWS)
    throw refused(
      `The table has more than the ${MAX_ROWS.toLocaleString('en')} rows that a batch may have. Split it into parts.`,
    )
  const columns = distinct(Array.from({ length: width }, (_, index) => names[index]?.trim() || `Column ${index + 1}`))
  const ragged = body.flatMap((row, index) => (row.length === width ? [] : [index + 1]))
  return { columns, rows: body.map((row) => fitted(row, width)), encoding, delimiter, ragged }
}

/** The column with the most text. */
export function longestColumn({ columns, rows }: Pick<Table, 'columns' | 'rows'>): number {
  const sample = rows.slice(0, 200)
  const lengths = columns.map((_, index) => sample.reduce((sum, row) => sum + (row[index]?.length ?? 0), 0))
  return lengths.indexOf(Math.max(...lengths))
}

/** By name, else by number. @throws InvalidInput */
export function columnOf(table: Pick<Table, 'columns' | 'rows'>, asked?: string): number {
  if (asked === undefined) return longestColumn(table)
  const named = table.columns.indexOf(asked)
  const number = /^\d{1,3}$/.test(asked) ? Number(asked) - 1 : -1
  const found = named >= 0 ? named : number
  if (table.columns[found] !== undefined) return found
  throw new InvalidInput([
    {
      path: 'column',
      message: `There is no column ${JSON.stringify(asked)}. The table has: ${table.columns.join(', ')}.`,
    },
  ])
}

function decode(bytes: Uint8Array): Pick<Table, 'encoding'> & { text: string } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' }
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
  }
}

/** The sign that the first line has most of, outside quotation marks. */
function delimiterOf(text: string): Table['delimiter'] {
  const counts = { ',': 0, ';': 0, '\t': 0 }
  let quoted = false
  for (const sign of text.slice(0, 100_000)) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r') && counts[','] + counts[';'] + counts['\t'] > 0) break
    else if (!quoted && sign in counts) counts[sign as Table['delimiter']] += 1
  }
  const [best] = (Object.entries(counts) as [Table['delimiter'], number][]).toSorted((a, b) => b[1] - a[1])
  return best && best[1] > 0 ? best[0] : ','
}

function parseRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw refused(`Line ${lineOf(error)}: ${WORDS[error.code] ?? 'This line cannot be read as CSV.'}`)
  }
}

const WORDS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened here and never closed. Close it, or double it inside a text.',
  INVALID_OPENING_QUOTE:
    'A quotation mark stands inside a cell. Put the whole cell in quotation marks and double this one.',
  CSV_INVALID_CLOSING_QUOTE: 'There is text after a closing quotation mark. Double the marks inside a text.',
}

function lineOf(error: CsvError): number {
  return typeof error['lines'] === 'number' ? error['lines'] : 1
}

function fitted(row: string[], width: number): string[] {
  return row.length === width ? row : Array.from({ length: width }, (_, index) => row[index] ?? '')
}

function distinct(names: string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

function refused(message: string): InvalidInput {
  return new InvalidInput([{ path: '', message }])
}
