import type { ReactNode } from 'react'

/** A share of 0 to 1 with its words; null = working, share unknown. */
export function Progress({
  share,
  label,
  end,
  tone = 'accent',
}: {
  share: number | null
  label: string
  end?: ReactNode
  tone?: 'accent' | 'blocked' | 'failed'
}) {
  const percent = share === null ? 30 : Math.round(Math.min(1, Math.max(0, share)) * 100)
  const fill = tone === 'accent' ? '' : tone === 'blocked' ? 'bg-blocked!' : 'bg-failed!'
  return (
    <div>
      <div className="flex justify-between text-12 text-soft num mb-1">
        <span>{label}</span>
        <span>{end}</span>
      </div>
      <progress className="sr" aria-label={label} max={100} value={share === null ? undefined : percent} />
      <div className="progress" aria-hidden>
        <i className={fill} style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
