import { CalendarClock, FilePlus2, ListChecks, type LucideIcon, Pause, Webhook } from 'lucide-react'
import { createElement } from 'react'
import type { TriggerKind } from '#lib/triggers/shapes.ts'

const ICONS: Record<TriggerKind, LucideIcon> = {
  schedule: CalendarClock,
  webhook: Webhook,
  document: FilePlus2,
  task: ListChecks,
}

export function TriggerIcon({
  kind,
  paused = false,
  className = 'i',
}: {
  kind: TriggerKind
  paused?: boolean
  className?: string
}) {
  return createElement(paused ? Pause : ICONS[kind], { className, 'aria-hidden': true })
}
