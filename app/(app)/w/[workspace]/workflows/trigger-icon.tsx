import { CalendarClock, FilePlus2, ListChecks, type LucideIcon, Pause, Webhook } from 'lucide-react'
import type { TriggerKind } from '#lib/triggers/shapes.ts'

const ICONS: Record<TriggerKind, LucideIcon> = {
  schedule: CalendarClock,
  webhook: Webhook,
  document: FilePlus2,
  task: ListChecks,
}

export function triggerIcon({ kind, pausedAt = null }: { kind: TriggerKind; pausedAt?: string | null }): LucideIcon {
  return pausedAt === null ? ICONS[kind] : Pause
}
