// The report as a Word file: real headings, lists, tables and check boxes; each number leads to its quote.
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  CheckBox,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  type IRunOptions,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  Tab,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import type { Report } from '../shape.ts'
import type { FileFrame } from './pdf.ts'
import { type Block, type Piece, type Row, type Section, type Sheet, sheetOf } from './sheet.ts'

const INK = '172022'
const SOFT = '434E50'
const CHIP = 'F8EBA9'
const LINE = 'C7CCC8'
const WIDTH = 9_180

type Language = string | null
type Made = Paragraph | Table

export async function reportDocx(report: Report, frame: FileFrame): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = sheetOf(report)
  const document = new Document({
    title: plain(sheet.title),
    subject: plain(`${sheet.workflow}, ${sheet.review.toLowerCase()}`),
    creator: plain(frame.workspace),
    description: `Made with Baton, run ${sheet.run}. ${sheet.review}.`,
    styles: STYLES,
    numbering: { config: numberings(sheet) },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_130, bottom: 1_130, left: 1_363, right: 1_363 },
          },
        },
        footers: { default: footer(sheet) },
        children: [...head(sheet, frame), ...sheet.rows.flat().flatMap(section), ...closing(sheet, frame)],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

const STYLES = {
  default: {
    document: {
      run: { font: 'Calibri', size: 21, color: INK, language: { value: 'en-US' } },
      paragraph: { spacing: { after: 80, line: 276, lineRule: LineRuleType.AUTO } },
    },
    title: {
      run: { font: 'Calibri', size: 36, bold: true, color: INK },
      paragraph: { spacing: { before: 200, after: 60 } },
    },
    heading1: {
      run: { font: 'Calibri', size: 23, bold: true, color: INK },
      paragraph: {
        spacing: { before: 300, after: 110 },
        keepNext: true,
        border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: LINE, space: 3 } },
      },
    },
    hyperlink: { run: { color: '00636C', underline: {} } },
  },
}

/** A list begins anew with each of its own names. */
function numberings(sheet: Sheet) {
  const numbered = sheet.rows.flat().map(({ name }) => name)
  const indent = { left: 420, hanging: 420 }
  const bullets = { level: 0, format: LevelFormat.BULLET, text: '•', style: { paragraph: { indent } } }
  const numbers = { level: 0, format: LevelFormat.DECIMAL, text: '%1.', style: { paragraph: { indent } } }
  return [
    { reference: 'bullets', levels: [bullets] },
    ...numbered.map((name) => ({ reference: `numbers-${name}`, levels: [numbers] })),
  ]
}

function head({ title, about, workflow, createdAt }: Sheet, { workspace }: FileFrame): Made[] {
  const date = new Date(createdAt).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return [
    new Paragraph({
      tabStops: [{ type: TabStopType.RIGHT, position: WIDTH }],
      children: [text({ text: workspace, look: 'strong' }), tab(), text({ text: date, look: 'soft' })],
    }),
    new Paragraph({ heading: HeadingLevel.TITLE, ...direction(title), children: [text({ text: title }, null, {})] }),
    paragraph([{ text: `${workflow}${about === null ? '' : ` of “${about}”`}`, look: 'soft' }]),
  ]
}

function section({ name, title, untitled, note, language, blocks }: Section): Made[] {
  const noted = note.map((piece) => piece.text).join('')
  const heading = new Paragraph({ heading: HeadingLevel.HEADING_1, children: [text({ text: title }, null, {})] })
  return [
    ...(untitled ? [] : [heading]),
    ...(noted === '' ? [] : [paragraph(note)]),
    ...blocks.flatMap((block) => made(block, name, language)),
  ]
}

function made(block: Block, name: Section['name'], language: Language): Made[] {
  switch (block.kind) {
    case 'text':
      return [paragraph(block.pieces, language)]
    case 'bullets':
      return block.items.map((item) =>
        paragraph([{ text: item }], language, { numbering: { reference: 'bullets', level: 0 } }),
      )
    case 'rows':
      return block.lead === 'level' || block.lead === 'score'
        ? [rowTable(block.rows, block.lead, language), after()]
        : block.rows.map((row) => listed(row, block.lead === 'box', name, language))
    case 'scale':
      return []
    case 'scores':
      return [
        table(
          [0.75, 0.25],
          ['Category', 'Fit, from 0 to 1'],
          block.scores.map(({ name: of, score, best }) => [
            [paragraph([{ text: of, ...(best ? { look: 'strong' as const } : {}) }], language)],
            [paragraph([{ text: score.toFixed(2) }])],
          ]),
        ),
        after(),
      ]
    case 'missing':
      return [
        paragraph([
          ...(block.missing === 'nothing_found' ? [] : [{ text: `${block.word}. `, look: 'strong' } as const]),
          { text: block.message, look: 'soft' },
        ]),
      ]
    case 'quotes':
      return block.quotes.map(({ number, text: quote }) => quoted(number, quote, language))
    case 'table':
      return [
        table(
          [0.24, 0.16, 0.24, 0.12, 0.12, 0.12],
          block.columns,
          block.rows.map((cells) => cells.map((piece) => [paragraph([piece])])),
        ),
        after(),
      ]
  }
}

/** An item of a list with its note on a line of its own. */
function listed(row: Row, box: boolean, name: string, language: Language): Paragraph {
  const children: ParagraphChild[] = [
    ...(box ? [new CheckBox({ checked: false, alias: 'Done' }), new TextRun('\u00a0')] : []),
    ...runs([...row.pieces, { text: '', quotes: row.quotes }], language),
    ...(row.note === '' ? [] : [new TextRun({ break: 1 }), text({ text: row.note, look: 'soft' }, language)]),
  ]
  const words = row.pieces[0]?.text ?? ''
  return new Paragraph({
    ...direction(words),
    ...(box ? { indent: { left: 340, hanging: 340 } } : { numbering: { reference: `numbers-${name}`, level: 0 } }),
    children,
  })
}

function rowTable(rows: readonly Row[], lead: 'level' | 'score', language: Language): Table {
  return table(
    [0.13, 0.7, 0.17],
    lead === 'level' ? ['Severity', 'Risk', 'Quotes'] : ['Score', 'Sentence', 'Quotes'],
    rows.map((row) => [
      [paragraph([{ text: row.lead, ...(row.lead === 'High' ? { look: 'strong' as const } : {}) }])],
      [
        paragraph(row.pieces, language),
        ...(row.note === '' ? [] : [paragraph([{ text: row.note, look: 'soft' }], language)]),
      ],
      [paragraph([{ text: '', quotes: row.quotes }])],
    ]),
  )
}

function quoted(number: number, quote: string, language: Language): Paragraph {
  const anchor = new Bookmark({ id: `quote-${number}`, children: [new TextRun({ text: ` ${number} `, ...chip })] })
  return new Paragraph({
    ...direction(quote),
    indent: { left: 480, hanging: 480 },
    children: [anchor, tab(), text({ text: quote, look: 'document' }, language)],
    tabStops: [{ type: TabStopType.LEFT, position: 480 }],
  })
}

function closing({ closing: lines, run }: Sheet, { address }: FileFrame): Made[] {
  const line = [text({ text: 'Made with Baton, run ', look: 'soft' }), text({ text: run, look: 'code' })]
  return [
    paragraph([{ text: lines.join(' '), look: 'soft' }]),
    new Paragraph({ children: address === null ? line : [new ExternalHyperlink({ link: address, children: line })] }),
  ]
}

function footer({ review }: Sheet): Footer {
  const look = { size: 17, color: SOFT }
  const children = [
    new TextRun({ text: `${review}.`, ...look }),
    tab(),
    new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES], ...look }),
  ]
  return new Footer({
    children: [new Paragraph({ tabStops: [{ type: TabStopType.RIGHT, position: WIDTH }], children })],
  })
}

function table(shares: readonly number[], columns: readonly string[], rows: readonly Paragraph[][][]): Table {
  const widths = shares.map((share) => Math.round(share * WIDTH))
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const line = { style: BorderStyle.SINGLE, size: 4, color: LINE }
  const cell = (children: Paragraph[], column: number) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 20, left: 0, right: 120 },
      children,
    })
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: { top: none, left: none, right: none, insideVertical: none, bottom: line, insideHorizontal: line },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((column, index) => cell([paragraph([{ text: column, look: 'soft' }])], index)),
      }),
      ...rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map(cell) })),
    ],
  })
}

/** A table would stick to what follows. */
function after(): Paragraph {
  return new Paragraph({ spacing: { before: 0, after: 40, line: 120, lineRule: LineRuleType.AUTO }, children: [] })
}

function paragraph(
  pieces: readonly Piece[],
  language: Language = null,
  options: { numbering?: { reference: string; level: number } } = {},
): Paragraph {
  const words = pieces.map((piece) => piece.text).join('')
  return new Paragraph({ ...options, ...direction(words), children: runs(pieces, language) })
}

function runs(pieces: readonly Piece[], language: Language): ParagraphChild[] {
  return pieces.flatMap(({ quotes, ...piece }) => [
    ...(piece.text === '' ? [] : [text(piece, language)]),
    ...(quotes ?? []).flatMap((quote) => [
      new TextRun(' '),
      new InternalHyperlink({ anchor: `quote-${quote}`, children: [new TextRun({ text: ` ${quote} `, ...chip })] }),
    ]),
  ])
}

function tab(): TextRun {
  return new TextRun({ children: [new Tab()] })
}

const chip = {
  bold: true,
  size: 18,
  color: '2C2615',
  shading: { type: ShadingType.CLEAR, color: 'auto', fill: CHIP },
} satisfies IRunOptions

const LOOKS: Record<NonNullable<Piece['look']>, IRunOptions> = {
  strong: { bold: true },
  soft: { color: SOFT, size: 19 },
  document: { font: 'Cambria' },
  code: { font: 'Consolas', size: 18 },
}

function text({ text: words, look }: Piece, language: Language = null, options?: IRunOptions): TextRun {
  return new TextRun({
    text: plain(words),
    ...(look === undefined ? {} : LOOKS[look]),
    ...(language === null ? {} : { language: { value: language, eastAsia: language, bidirectional: language } }),
    ...(isRightToLeft(words) ? { rightToLeft: true } : {}),
    ...options,
  })
}

function direction(words: string) {
  return isRightToLeft(words) ? { bidirectional: true, alignment: AlignmentType.START } : {}
}

const FIRST_LETTER = /\p{L}/u
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

function isRightToLeft(words: string): boolean {
  const letter = FIRST_LETTER.exec(words)?.[0]
  return letter !== undefined && RIGHT_TO_LEFT.test(letter)
}

/** XML has no place for these. */
function plain(words: string): string {
  // oxlint-disable-next-line eslint/no-control-regex -- they are what is removed
  return words.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
