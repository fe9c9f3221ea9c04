// What is carried from the palette to the canvas.
import type { DragEvent } from 'react'
import type { NewStep } from '#lib/workflows/draft/new-step.ts'

const FORMAT = 'application/x-baton-step'

export function dragStep(event: DragEvent, step: NewStep): void {
  event.dataTransfer.setData(FORMAT, JSON.stringify(step))
  event.dataTransfer.effectAllowed = 'copy'
}

export function droppedStep(event: DragEvent): NewStep | null {
  const data = event.dataTransfer.getData(FORMAT)
  return data === '' ? null : (JSON.parse(data) as NewStep)
}
