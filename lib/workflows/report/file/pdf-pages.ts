// Boxes from top to bottom, page after page.
import type { Pen } from './pdf-pen.ts'

export type Box = {
  height: number
  /** Not at the top of a page. */
  before: number
  /** Stays on the page of the next one. */
  keep: boolean
  draw: (x: number, y: number) => void
}

export const PAGE = { width: 595.28, height: 841.89, left: 54, top: 50, bottom: 62 }
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.left
const CONTENT_HEIGHT = PAGE.height - PAGE.top - PAGE.bottom

export function placeBoxes(pen: Pen, boxes: readonly Box[]): void {
  let y = Infinity
  for (const [index, box] of boxes.entries()) {
    const held = heightKept(boxes, index)
    const needed = held <= CONTENT_HEIGHT ? held : box.height
    if (y + box.before + needed > PAGE.height - PAGE.bottom) {
      pen.doc.addPage()
      y = PAGE.top
    } else y += box.before
    box.draw(PAGE.left, y)
    y += box.height
  }
}

export function heightOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, { before, height }, index) => sum + (index === 0 ? 0 : before) + height, 0)
}

/** Stands as one when it fits a page, else its boxes one after another. */
export function sideBySide(columns: readonly { x: number; boxes: Box[] }[], before: number): Box[] {
  const height = Math.max(...columns.map(({ boxes }) => heightOf(boxes)))
  if (height > CONTENT_HEIGHT) return columns.flatMap(({ boxes }) => boxes)
  const draw = (left: number, top: number) => {
    for (const { x, boxes } of columns) {
      let y = top
      for (const [index, box] of boxes.entries()) {
        y += index === 0 ? 0 : box.before
        box.draw(left + x, y)
        y += box.height
      }
    }
  }
  return [{ height, before, keep: false, draw }]
}

function heightKept(boxes: readonly Box[], from: number): number {
  let height = 0
  for (let index = from; index < boxes.length; index += 1) {
    const box = boxes[index]
    if (!box) break
    height += (index === from ? 0 : box.before) + box.height
    if (!box.keep) break
  }
  return height
}
