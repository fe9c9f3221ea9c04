'use client'

import { ChevronDown, ChevronUp, ChevronsUp, Equal } from 'lucide-react'
import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import type { Priority } from '#lib/tasks/states.ts'

const PRIORITIES = [
  { value: 'low', label: 'Low', icon: <ChevronDown className="max-xl:hidden" aria-hidden /> },
  { value: 'normal', label: 'Normal', icon: <Equal className="max-xl:hidden" aria-hidden /> },
  { value: 'high', label: 'High', icon: <ChevronUp className="max-xl:hidden" aria-hidden /> },
  { value: 'urgent', label: 'Urgent', icon: <ChevronsUp className="max-xl:hidden" aria-hidden /> },
] as const satisfies readonly { value: Priority; label: string; icon: React.ReactNode }[]

const PRIORITY_WORDS: Record<Priority, string> = {
  low: 'After everything else that waits.',
  normal: 'After High and Urgent, before Low.',
  high: 'Before Normal and Low, after Urgent.',
  urgent: 'Before everything else that waits.',
}

/** How urgent it is, and what that means in the line. */
export function PriorityField({ value, onChange }: { value: Priority; onChange: (priority: Priority) => void }) {
  return (
    <Field label="Priority" group hint={PRIORITY_WORDS[value]} id="field-priority">
      <Segmented fill value={value} onChange={onChange} segments={PRIORITIES} />
    </Field>
  )
}
