// The report as a PDF: tagged, with an outline, its text selectable, each number a link to its quote.
import PdfDocument from 'pdfkit'
import type { Report } from '../shape.ts'
import { blockBoxes, child, COLORS, inkOf, lineBoxes, LOOKS, runsOf } from './pdf-blocks.ts'
import { Letters } from './pdf-letters.ts'
import { type Box, CONTENT_WIDTH, PAGE, placeBoxes, sideBySide } from './pdf-pages.ts'
import { type Ink, Pen, type Tag } from './pdf-pen.ts'
import { type Section, type Sheet, sheetOf } from './sheet.ts'

/** `workspace` is the name above the report; `address` leads to its page and is null when it is not known. */
export type FileFrame = { workspace: string; address: string | null }

export async function reportPdf(report: Report, frame: FileFrame): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = sheetOf(report)
  const doc = new PdfDocument({
    autoFirstPage: false,
    bufferPages: true,
    size: 'A4',
    margin: 0,
    tagged: true,
    lang: 'en',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: sheet.title,
      Author: frame.workspace,
      Subject: `${sheet.workflow}, ${sheet.review.toLowerCase()}`,
      Creator: 'Baton',
      Producer: 'Baton',
      CreationDate: new Date(sheet.createdAt),
    },
  })
  const bytes = collect(doc)
  const letters = new Letters()
  const pen = new Pen(doc, letters)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const head = headBoxes(pen, child(pen, root, 'Sect'), sheet, frame)
  // Said first, known last: when all letters of the file were looked at.
  const aside = child(pen, root, 'Sect')
  const sections = sheet.rows.flatMap((row) => rowBoxes(pen, root, row))
  const closing = closingBoxes(pen, root, sheet, frame)
  const note = letters.note()
  placeBoxes(pen, [...head, ...(note === null ? [] : noteBoxes(pen, aside, note)), ...sections, ...closing])
  root.end()
  numberPages(pen, sheet)
  doc.end()
  return bytes
}

function headBoxes(pen: Pen, root: Tag, sheet: Sheet, { workspace }: FileFrame): Box[] {
  const name: Ink = { voice: 'sans', size: 9, color: COLORS.ink, bold: true }
  const line = child(pen, root, 'P')
  const [named] = pen.lines([{ text: workspace, ink: name }], CONTENT_WIDTH - 130)
  const date = longDate(sheet.createdAt)
  const soft = inkOf('soft', 9)
  const top: Box = {
    height: 16,
    before: 0,
    keep: true,
    draw: (x, y) => {
      pen.decorate(() => {
        pen.doc.roundedRect(x, y, 16, 16, 4).fill(COLORS.accent)
        const letter: Ink = { voice: 'sans', size: 9, color: COLORS.onAccent, bold: true }
        const initial = Array.from(workspace)[0]?.toUpperCase() ?? ''
        pen.text(initial, letter, x + (16 - pen.widthOf(initial, letter)) / 2, y, 16)
      })
      if (named) pen.line(line, named, x + 24, y, 16)
      pen.mark(line, () => pen.text(date, soft, x + CONTENT_WIDTH - pen.widthOf(date, soft), y, 16))
    },
  }
  const heading = child(pen, root, 'H1')
  const title = pen.lines(
    [{ text: sheet.title, ink: { voice: 'sans', size: 17, color: COLORS.ink, bold: true } }],
    CONTENT_WIDTH,
  )
  const about = `${sheet.workflow}${sheet.about === null ? '' : ` of “${sheet.about}”`}`
  return [
    top,
    ...lineBoxes(pen, title, 23, 18, heading, (index, x, y) => {
      if (index === 0) pen.doc.outline.addItem(sheet.title, place(y))
    }),
    ...lineBoxes(
      pen,
      pen.lines([{ text: about, ink: soft }], CONTENT_WIDTH),
      LOOKS.small.height,
      4,
      child(pen, root, 'P'),
    ),
  ]
}

function noteBoxes(pen: Pen, root: Tag, note: string): Box[] {
  const lines = pen.lines([{ text: note, ink: { voice: 'sans', size: 9, color: '#7c4607' } }], CONTENT_WIDTH - 20)
  const tag = child(pen, root, 'P')
  const height = lines.length * LOOKS.small.height + 12
  const draw = (x: number, y: number) => {
    pen.decorate(() =>
      pen.doc.roundedRect(x, y, CONTENT_WIDTH, height, 5).lineWidth(0.8).fillAndStroke('#fdf1d9', '#ebcd95'),
    )
    for (const [index, line] of lines.entries())
      pen.line(tag, line, x + 10, y + 6 + index * LOOKS.small.height, LOOKS.small.height)
  }
  return [{ height, before: 12, keep: false, draw }]
}

function rowBoxes(pen: Pen, root: Tag, row: readonly Section[]): Box[] {
  const [first, second] = row
  if (!first || !second) return row.flatMap((section) => sectionBoxes(pen, root, section, CONTENT_WIDTH))
  const gap = 24
  const left = (CONTENT_WIDTH - gap) * 0.58
  const right = CONTENT_WIDTH - gap - left
  const columns = [
    { x: 0, boxes: sectionBoxes(pen, root, first, left) },
    { x: left + gap, boxes: sectionBoxes(pen, root, second, right) },
  ]
  return sideBySide(columns, SECTION_GAP)
}

const SECTION_GAP = 16

function sectionBoxes(pen: Pen, root: Tag, section: Section, width: number): Box[] {
  const tag = child(pen, root, 'Sect')
  const heading = section.untitled ? [] : [headingBox(pen, tag, section, width)]
  const contents = child(pen, tag, 'Div', section.language === null ? {} : { lang: section.language })
  const [first, ...rest] = section.blocks.flatMap((block) => blockBoxes(pen, contents, block, width))
  return [...heading, ...(first ? [{ ...first, before: section.untitled ? 12 : first.before }, ...rest] : [])]
}

function headingBox(pen: Pen, section: Tag, { title, note }: Section, width: number): Box {
  const heading = child(pen, section, 'H2')
  const [titleLine] = pen.lines([{ text: title, ink: inkOf('strong', 10.5) }], Infinity)
  const aside = note.length === 0 ? null : child(pen, section, 'Span')
  const [line] = pen.lines(runsOf(note, 9), Infinity)
  const draw = (x: number, y: number) => {
    pen.doc.outline.addItem(title, place(y))
    if (titleLine) pen.line(heading, titleLine, x, y, 16)
    if (aside && line && line.width < width - (titleLine?.width ?? 0) - 10)
      pen.line(aside, line, x + width - line.width, y, 16)
    pen.decorate(() =>
      pen.doc
        .lineWidth(0.8)
        .moveTo(x, y + 18)
        .lineTo(x + width, y + 18)
        .stroke(COLORS.strongLine),
    )
  }
  return { height: 20, before: SECTION_GAP, keep: true, draw }
}

function closingBoxes(pen: Pen, root: Tag, sheet: Sheet, { address }: FileFrame): Box[] {
  const width = CONTENT_WIDTH
  const boxes = lineBoxes(
    pen,
    pen.lines(runsOf([{ text: sheet.closing.join(' '), look: 'soft' }], 9), width),
    13.5,
    8,
    child(pen, root, 'P'),
  )
  const tag = child(pen, root, 'P')
  const made = pen.lines(
    runsOf(
      [
        { text: 'Made with Baton, run ', look: 'soft' },
        { text: sheet.run, look: 'code' },
      ],
      9,
    ),
    width,
  )
  return [
    ...boxes,
    ...lineBoxes(pen, made, 13.5, 2, tag, (_, x, y) => {
      if (address === null) return
      const link = child(pen, tag, 'Link')
      const options = { structParent: link, Contents: new String('The run in Baton') }
      pen.doc.link(x, y, made[0]?.width ?? width, 13.5, address, options as object)
    }),
  ]
}

function numberPages(pen: Pen, { review }: Sheet): void {
  const { start, count } = pen.doc.bufferedPageRange()
  const ink: Ink = { voice: 'sans', size: 8.5, color: COLORS.faint }
  for (let page = start; page < start + count; page += 1) {
    pen.doc.switchToPage(page)
    const y = PAGE.height - 44
    const number = `${page + 1} of ${count}`
    pen.decorate(() => {
      pen.text(`${review}.`, ink, PAGE.left, y, 12)
      pen.text(number, ink, PAGE.width - PAGE.left - pen.widthOf(number, ink), y, 12)
    }, 'Pagination')
  }
}

function place(top: number): { expanded: boolean } {
  // The left edge is counted from the right one.
  return { top: Math.max(0, top - 8), left: PAGE.width, expanded: true } as { expanded: boolean }
}

function longDate(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}

function collect(doc: InstanceType<typeof PdfDocument>): Promise<Uint8Array<ArrayBuffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
  doc.on('error', reject)
  return promise
}
