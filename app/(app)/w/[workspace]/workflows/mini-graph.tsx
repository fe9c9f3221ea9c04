import { FileOutput, Type } from 'lucide-react'
import { stepIcon } from '#app/_ui/step-icon.tsx'
import type { StepKind } from '#lib/workflows/definition.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import { layersOf } from './layers.ts'

export type GraphStep = {
  name: string
  title: string
  kind: StepKind
  worker?: string
  needs: readonly string[]
}

const WIDTH = 344
const ROW = 32
const BOX = 23

/** The workflow at a glance: the text, its steps from left to right, the report. */
export function MiniGraph({ steps }: { steps: readonly GraphStep[] }) {
  const layers = layersOf(steps)
  const height = Math.max(3, ...layers.map((layer) => layer.length)) * ROW + 12
  const columns = layers.length + 2
  const x = (column: number) => 28 + (column * (WIDTH - 56)) / (columns - 1)
  const y = (row: number, of: number) => height / 2 + (row - (of - 1) / 2) * ROW
  const places = new Map(
    layers.flatMap((layer, column) =>
      layer.map((step, row) => [step.name, { x: x(column + 1), y: y(row, layer.length) }] as const),
    ),
  )
  const start = { x: x(0), y: height / 2 }
  const end = { x: x(columns - 1), y: height / 2 }
  const needed = new Set(steps.flatMap(({ needs }) => needs.map((need) => parseNeed(need).step)))
  const edges = steps.flatMap((step) => {
    const to = places.get(step.name) ?? end
    const from = step.needs.length === 0 ? [start] : step.needs.map((need) => places.get(parseNeed(need).step) ?? start)
    return [...from.map((place) => ({ from: place, to })), ...(needed.has(step.name) ? [] : [{ from: to, to: end }])]
  })
  return (
    <svg
      className="block w-full"
      style={{ height }}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`Steps: ${steps.map(({ title }) => title).join(', ')}`}
      fill="none"
    >
      {edges.map(({ from, to }) => (
        <path
          key={`${from.x},${from.y} ${to.x},${to.y}`}
          d={`M${from.x} ${from.y}C${(from.x + to.x) / 2} ${from.y} ${(from.x + to.x) / 2} ${to.y} ${to.x} ${to.y}`}
          stroke="var(--control)"
          strokeWidth="1.25"
        />
      ))}
      <Box {...start} icon={Type} />
      {steps.map((step) => (
        <Box key={step.name} {...(places.get(step.name) ?? end)} icon={stepIcon(step)} />
      ))}
      <Box {...end} icon={FileOutput} />
    </svg>
  )
}

function Box({ x, y, icon: Icon }: { x: number; y: number; icon: typeof Type }) {
  return (
    <>
      <rect
        x={x - BOX / 2}
        y={y - BOX / 2}
        width={BOX}
        height={BOX}
        rx="6"
        fill="var(--raised)"
        stroke="var(--line-strong)"
      />
      <Icon x={x - 6} y={y - 6} width={12} height={12} color="var(--soft)" strokeWidth={2} aria-hidden />
    </>
  )
}
