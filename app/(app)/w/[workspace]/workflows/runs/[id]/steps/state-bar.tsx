import { markLook } from '../../../step-badge.tsx'
import type { Counts } from './stack-counts.ts'

/** Many as one bar, each state as long as its share. */
export function StateBar({ counts, className = 'h-2' }: { counts: Counts; className?: string }) {
  return (
    <span className={`flex w-full gap-px ${className}`} aria-hidden>
      {counts.parts.map(({ status, count }) => (
        <i key={status} className={`${markLook(status)} block h-full rounded-xs min-w-0.5`} style={{ flex: count }} />
      ))}
    </span>
  )
}
