// What each block of the sheet looks like in a PDF, as boxes of one line each wherever a page may end.
import type { Missing } from '../shape.ts'
import type { Box } from './pdf-pages.ts'
import { CHIP, type Ink, type Line, type Pen, type Run, type Tag } from './pdf-pen.ts'
import type { Block, Piece, Row } from './sheet.ts'

export const COLORS = {
  ink: '#172022',
  soft: '#434e50',
  faint: '#5f6a6c',
  line: '#dfe0dc',
  strongLine: '#c7ccc8',
  control: '#838d8d',
  accent: '#00636c',
  onAccent: '#f7fdfd',
  good: '#00626c',
  other: '#3e9ec5',
  bad: '#c03a4a',
}
/** Sizes and the heights of their lines, in points. */
export const LOOKS = {
  lead: { size: 11, height: 16.5 },
  body: { size: 10, height: 15.5 },
  small: { size: 9, height: 13.5 },
  document: { size: 10.5, height: 15.5 },
} as const

export function inkOf(look: Piece['look'], size: number): Ink {
  if (look === 'document') return { voice: 'serif', size, color: COLORS.ink }
  if (look === 'code') return { voice: 'mono', size: size * 0.95, color: COLORS.ink }
  if (look === 'strong') return { voice: 'sans', size, color: COLORS.ink, bold: true }
  return { voice: 'sans', size, color: look === 'soft' ? COLORS.soft : COLORS.ink }
}

export function blockBoxes(pen: Pen, section: Tag, block: Block, width: number): Box[] {
  switch (block.kind) {
    case 'text':
      return textBoxes(pen, section, block, width)
    case 'bullets':
      return bulletBoxes(pen, section, block, width)
    case 'rows':
      return rowBoxes(pen, section, block, width)
    case 'scale':
      return [scaleBox(pen, block, width)]
    case 'scores':
      return scoreBoxes(pen, section, block, width)
    case 'missing':
      return missingBoxes(pen, section, block, width)
    case 'quotes':
      return quoteBoxes(pen, section, block, width)
    case 'table':
      return tableBoxes(pen, section, block, width)
  }
}

/** One box a line; two or three lines stay together. */
export function lineBoxes(
  pen: Pen,
  lines: readonly Line[],
  height: number,
  before: number,
  tag: Tag,
  draw?: (index: number, x: number, y: number) => void,
): Box[] {
  return lines.map((line, index) => ({
    height,
    before: index === 0 ? before : 0,
    keep: index < lines.length - 1 && (index === 0 || index === lines.length - 2 || lines.length <= 3),
    draw: (x, y) => {
      draw?.(index, x, y)
      pen.line(tag, line, x, y, height)
    },
  }))
}

function textBoxes(pen: Pen, section: Tag, block: Extract<Block, { kind: 'text' }>, width: number): Box[] {
  const { size, height } = LOOKS[block.look]
  const tag = child(pen, section, 'P')
  return lineBoxes(pen, pen.lines(runsOf(block.pieces, size), width), height, 5, tag)
}

function bulletBoxes(pen: Pen, section: Tag, block: Extract<Block, { kind: 'bullets' }>, width: number): Box[] {
  const { size, height } = LOOKS[block.look]
  const ink = inkOf(block.look === 'small' ? 'soft' : undefined, size)
  const list = child(pen, section, 'L')
  return block.items.flatMap((text) => {
    const item = child(pen, list, 'LI')
    const label = child(pen, item, 'Lbl')
    const body = child(pen, item, 'LBody')
    const boxes = lineBoxes(pen, pen.lines([{ text, ink }], width - 12), height, 2, body, (index, x, y) => {
      if (index === 0) pen.mark(label, () => pen.text('•', inkOf('soft', size), x - 11, y, height))
    })
    return shifted(boxes, 12)
  })
}

const LEADS = { number: 18, level: 58, box: 18, score: 40 }

function rowBoxes(pen: Pen, section: Tag, { lead, rows }: Extract<Block, { kind: 'rows' }>, width: number): Box[] {
  const list = child(pen, section, 'L')
  return rows.flatMap((row, index) => {
    const item = child(pen, list, 'LI')
    const label = child(pen, item, 'Lbl', lead === 'box' ? { alt: 'To do' } : {})
    const body = child(pen, item, 'LBody')
    const chips = chipRows(pen, row.quotes)
    const space = chips.width === 0 ? 0 : chips.width + 10
    const inner = width - LEADS[lead] - space
    const texts = [
      ...pen.lines(runsOf(row.pieces, LOOKS.body.size), inner).map((line) => ({ line, height: LOOKS.body.height })),
      ...pen
        .lines([{ text: row.note, ink: inkOf('soft', LOOKS.small.size) }], inner)
        .map((line) => ({ line, height: LOOKS.small.height })),
    ]
    const count = Math.max(texts.length, chips.rows.length)
    return Array.from({ length: count }, (_, at): Box => {
      const text = texts[at]
      const height = text?.height ?? CHIP.height + 2
      return {
        height,
        before: at === 0 ? (index === 0 ? 3 : 5) : 0,
        keep: at < count - 1 && (at === 0 || at === count - 2 || count <= 4),
        draw: (x, y) => {
          if (at === 0) drawLead(pen, label, lead, row, x, y)
          if (text) pen.line(body, text.line, x + LEADS[lead], y, height)
          let right = x + width - chips.width
          for (const quote of chips.rows[at] ?? []) {
            pen.chip(body, quote, right, y + (LOOKS.body.height - CHIP.height) / 2)
            right += pen.chipWidth(quote) + CHIP.gap
          }
        },
      }
    })
  })
}

function drawLead(pen: Pen, label: Tag, lead: keyof typeof LEADS, row: Row, x: number, y: number): void {
  const { doc } = pen
  const { height } = LOOKS.body
  const middle = y + height / 2
  if (lead === 'box') {
    pen.mark(label, () =>
      doc
        .roundedRect(x + 0.5, middle - 4.5, 9, 9, 1.5)
        .lineWidth(0.8)
        .stroke(COLORS.control),
    )
    return
  }
  if (lead === 'number')
    return pen.mark(label, () => pen.text(row.lead, { voice: 'sans', size: 9, color: COLORS.faint }, x, y, height))
  if (lead === 'score')
    return pen.mark(label, () => pen.text(row.lead, { voice: 'mono', size: 9, color: COLORS.ink }, x, y, height))
  const strong = row.lead === 'High'
  const color = strong ? COLORS.ink : COLORS.soft
  const tips = strong ? [-1.6, 2] : [0]
  pen.decorate(() => {
    for (const shift of tips) {
      const [wing, tip] = row.lead === 'Low' ? [-1.6, 1.6] : [1.6, -1.6]
      doc
        .moveTo(x + 0.5, middle + shift + wing)
        .lineTo(x + 4, middle + shift + tip)
        .lineTo(x + 7.5, middle + shift + wing)
    }
    doc.lineWidth(1.2).lineJoin('round').stroke(color)
  })
  pen.mark(label, () => pen.text(row.lead, { voice: 'sans', size: 9, color, bold: strong }, x + 13, y, height))
}

const CHIPS_A_ROW = 4

function chipRows(pen: Pen, quotes: readonly number[]): { rows: number[][]; width: number } {
  const count = Math.ceil(quotes.length / CHIPS_A_ROW)
  const rows = Array.from({ length: count }, (_, row) => quotes.slice(row * CHIPS_A_ROW, (row + 1) * CHIPS_A_ROW))
  const widths = rows.map((row) => row.reduce((sum, quote) => sum + pen.chipWidth(quote) + CHIP.gap, -CHIP.gap))
  return { rows, width: Math.max(0, ...widths) }
}

/** From -1 at the left to 1 at the right: the whole text solid, its strongest sentences as rings. */
function scaleBox(pen: Pen, { score, passages }: Extract<Block, { kind: 'scale' }>, width: number): Box {
  const { doc } = pen
  const draw = (left: number, y: number) => {
    const [x, span, middle] = [left + 6, width - 12, y + 8]
    const place = (value: number) => x + ((Math.max(-1, Math.min(1, value)) + 1) / 2) * span
    const color = score < 0 ? COLORS.bad : COLORS.good
    pen.decorate(() => {
      doc
        .lineWidth(0.8)
        .moveTo(x, middle)
        .lineTo(x + span, middle)
        .stroke(COLORS.strongLine)
      for (const at of [-1, 0, 1])
        doc
          .moveTo(place(at), middle - 4)
          .lineTo(place(at), middle + 4)
          .stroke(COLORS.control)
      doc.rect(Math.min(place(0), place(score)), middle - 1.6, Math.abs(place(score) - place(0)), 3.2).fill(color)
      for (const passage of passages)
        doc.circle(place(passage), middle, 3).lineWidth(0.9).fillAndStroke('#ffffff', COLORS.ink)
      doc.circle(place(score), middle, 4.2).fill(color)
      const ink: Ink = { voice: 'sans', size: 8, color: COLORS.faint }
      pen.text('negative', ink, left, y + 14, 11)
      pen.text('positive', ink, left + width - pen.widthOf('positive', ink), y + 14, 11)
    })
  }
  return { height: 27, before: 3, keep: true, draw }
}

function scoreBoxes(pen: Pen, section: Tag, { scores }: Extract<Block, { kind: 'scores' }>, width: number): Box[] {
  const list = child(pen, section, 'L')
  const most = Math.max(...scores.map(({ score }) => score), Number.EPSILON)
  return scores.flatMap(({ name, score, best }) => {
    const body = child(pen, child(pen, list, 'LI'), 'LBody')
    const ink = inkOf(best ? 'strong' : 'soft', LOOKS.body.size)
    const figure: Ink = { voice: 'sans', size: 9, color: COLORS.soft }
    const value = score.toFixed(2)
    const valueWidth = pen.widthOf(value, figure)
    const lines = pen.lines([{ text: name, ink }], width - valueWidth - 8)
    const boxes = lineBoxes(pen, lines, 14, 3, body)
    const last = boxes.at(-1)
    if (!last) return []
    const bar: Box = {
      ...last,
      height: 21,
      draw: (x, y) => {
        last.draw(x, y)
        pen.mark(body, () => pen.text(value, figure, x + width - valueWidth, y, 14))
        pen.decorate(() => {
          pen.doc
            .rect(x + 0.4, y + 15.4, width - 0.8, 4.2)
            .lineWidth(0.7)
            .stroke(COLORS.strongLine)
          pen.doc.rect(x, y + 15, width * (score / most), 5).fill(best ? COLORS.good : COLORS.other)
        })
      },
    }
    return [...boxes.slice(0, -1), bar]
  })
}

const AMBER = { ground: '#fdf1d9', border: '#ebcd95', ink: '#7c4607' }
const BADGES: Record<Exclude<Missing['kind'], 'nothing_found'>, { ground: string; border: string; ink: string }> = {
  not_yet: { ground: '#f2eefb', border: '#d8cfeb', ink: '#5a467d' },
  needs_model: AMBER,
  blocked: AMBER,
  failed: { ground: '#feeceb', border: '#fac5c3', ink: '#a51e24' },
  cancelled: { ground: '#eeefec', border: '#d3d5d0', ink: '#4e5455' },
  skipped: { ground: '#eeefec', border: '#d3d5d0', ink: '#4e5455' },
  unreadable: { ground: '#feeceb', border: '#fac5c3', ink: '#a51e24' },
}

function missingBoxes(pen: Pen, section: Tag, block: Extract<Block, { kind: 'missing' }>, width: number): Box[] {
  const { missing, word, message } = block
  const { size, height } = LOOKS.small
  const tag = child(pen, section, 'P')
  const text: Run[] = [{ text: message, ink: inkOf('soft', size) }]
  if (missing === 'nothing_found') return lineBoxes(pen, pen.lines(text, width), height, 4, tag)
  const { ground, border, ink: color } = BADGES[missing]
  const ink: Ink = { voice: 'sans', size, color, bold: true }
  const badge = pen.widthOf(word, ink) + 14
  const boxes = lineBoxes(pen, pen.lines(text, width - badge - 10), height, 5, tag, (index, x, y) => {
    if (index > 0) return
    const left = x - badge - 10
    pen.decorate(() =>
      pen.doc
        .roundedRect(left, y - 1.5, badge, 16.5, 4)
        .lineWidth(0.8)
        .fillAndStroke(ground, border),
    )
    pen.mark(tag, () => pen.text(word, ink, left + 7, y - 1.5, 16.5))
  })
  return shifted(boxes, badge + 10)
}

function quoteBoxes(pen: Pen, section: Tag, { quotes }: Extract<Block, { kind: 'quotes' }>, width: number): Box[] {
  const { size, height } = LOOKS.document
  const list = child(pen, section, 'L')
  const indent = Math.max(...quotes.map(({ number }) => pen.chipWidth(number))) + 8
  return quotes.flatMap(({ number, text }) => {
    const item = child(pen, list, 'LI')
    const label = child(pen, item, 'Lbl')
    const body = child(pen, item, 'LBody')
    const lines = pen.lines([{ text, ink: inkOf('document', size) }], width - indent)
    return shifted(
      lineBoxes(pen, lines, height, 4, body, (index, x, y) => {
        if (index > 0) return
        pen.mark(label, () => pen.chipFace(number, x - indent, y + (height - CHIP.height) / 2))
        pen.doc.addNamedDestination(`quote-${number}`, 'XYZ', null, y - 8, null)
      }),
      indent,
    )
  })
}

/** The first column takes what the others leave. */
const SHARES = [0.24, 0.16, 0.24, 0.12, 0.12, 0.12]

function tableBoxes(
  pen: Pen,
  section: Tag,
  { columns, rows }: Extract<Block, { kind: 'table' }>,
  width: number,
): Box[] {
  const table = child(pen, section, 'Table')
  const head = columns.map((text): Piece => ({ text, look: 'soft' }))
  return [head, ...rows].map((cells, index) => {
    const row = child(pen, table, 'TR')
    const { size, height } = LOOKS.small
    const laid = cells.map((piece, column) => {
      const tag = pen.doc.struct(index === 0 ? 'TH' : 'TD', index === 0 ? ({ scope: 'Column' } as object) : {})
      row.add(tag)
      return { tag, lines: pen.lines(runsOf([piece], size), width * (SHARES[column] ?? 0.1) - 6) }
    })
    const tall = Math.max(1, ...laid.map(({ lines }) => lines.length)) * height + 5
    const draw = (x: number, y: number) => {
      let left = x
      for (const [column, { tag, lines }] of laid.entries()) {
        for (const [at, line] of lines.entries()) pen.line(tag, line, left, y + 2.5 + at * height, height)
        left += width * (SHARES[column] ?? 0.1)
      }
      pen.decorate(() =>
        pen.doc
          .lineWidth(0.6)
          .moveTo(x, y + tall)
          .lineTo(x + width, y + tall)
          .stroke(COLORS.line),
      )
    }
    return { height: tall, before: 0, keep: index === 0, draw }
  })
}

export function runsOf(pieces: readonly Piece[], size: number): Run[] {
  return pieces.flatMap(({ text, look, quotes }): Run[] => [
    { text, ink: inkOf(look, size) },
    ...(quotes ?? []).map((quote) => ({ quote })),
  ])
}

export function child(pen: Pen, parent: Tag, type: string, options: { lang?: string; alt?: string } = {}): Tag {
  const tag = pen.doc.struct(type, options)
  parent.add(tag)
  return tag
}

function shifted(boxes: readonly Box[], by: number): Box[] {
  return boxes.map((box) => ({ ...box, draw: (x, y) => box.draw(x + by, y) }))
}
