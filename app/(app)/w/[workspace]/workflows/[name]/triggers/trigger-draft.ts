// What is typed into the form of a new trigger, and the request that comes of it. Pure.
import type { NewTrigger, TriggerKind } from '#lib/triggers/shapes.ts'

export type TriggerDraft = {
  title: string
  kind: TriggerKind
  cron: string
  timeZone: string
  text: string
  textPath: string
  named: string
  worker: string
  event: 'completed' | 'failed'
}

export const PRESETS = [
  { value: '0 * * * *', label: 'Every hour' },
  { value: '0 8 * * *', label: 'Every day at 08:00' },
  { value: '30 7 * * 1-5', label: 'Weekdays at 07:30' },
  { value: '0 8 * * 1', label: 'Mondays at 08:00' },
  { value: '0 9 1 * *', label: 'The first of each month at 09:00' },
] as const

export function emptyDraft(timeZone: string): TriggerDraft {
  return {
    title: '',
    kind: 'schedule',
    cron: '30 7 * * 1-5',
    timeZone,
    text: '',
    textPath: '',
    named: '',
    worker: 'document-analyzer',
    event: 'completed',
  }
}

export function requestOf(draft: TriggerDraft): NewTrigger {
  return { title: draft.title, config: configOf(draft) }
}

function configOf(draft: TriggerDraft): NewTrigger['config'] {
  const or = (value: string) => (value.trim() === '' ? null : value.trim())
  switch (draft.kind) {
    case 'schedule':
      return { kind: 'schedule', cron: draft.cron, timeZone: draft.timeZone, text: draft.text }
    case 'webhook':
      return { kind: 'webhook', textPath: or(draft.textPath) }
    case 'document':
      return { kind: 'document', named: or(draft.named) }
    case 'task':
      return { kind: 'task', worker: draft.worker, event: draft.event }
  }
}

/** The field of the form that a problem belongs to. */
export function fieldOf(path: string): keyof TriggerDraft | null {
  const name = path.replace(/^(trigger\.)?(config\.)?/, '').split('.')[0] ?? ''
  return name in emptyDraft('UTC') ? (name as keyof TriggerDraft) : null
}
