// A way between cards as an SVG path: level, then up or down in the middle, then level, with round corners. Pure.
import type { Point } from './box.ts'

const RADIUS = 8
/** Along a card that is passed, the way stays level for its width. */
const ALONGSIDE = 96

export function routePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x} ${first.y}`
  let from = first
  rest.forEach((to, index) => {
    const passing = index < rest.length - 1
    const at = passing ? { x: Math.max(from.x + 2 * RADIUS, to.x - ALONGSIDE), y: to.y } : to
    path += corner(from, at)
    if (passing) path += `H${to.x + ALONGSIDE}`
    from = passing ? { x: to.x + ALONGSIDE, y: to.y } : to
  })
  return path
}

function corner(from: Point, to: Point): string {
  const rise = to.y - from.y
  if (Math.abs(rise) < 1) return `H${to.x}`
  const middle = (from.x + to.x) / 2
  const radius = Math.max(0, Math.min(RADIUS, Math.abs(rise) / 2, Math.abs(to.x - from.x) / 2))
  const by = Math.sign(rise) * radius
  return `H${middle - radius}Q${middle} ${from.y} ${middle} ${from.y + by}V${to.y - by}Q${middle} ${to.y} ${middle + radius} ${to.y}H${to.x}`
}
