import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  failed: { className: 's-failed', icon: <CircleAlert className="i" aria-hidden /> },
  blocked: { className: 's-blocked', icon: <TriangleAlert className="i" aria-hidden /> },
  pending: { className: 's-pending', icon: <Info className="i" aria-hidden /> },
  plain: { className: '', icon: <Info className="i text-soft" aria-hidden /> },
} as const

/** A banner: what, why, what next. `alert` is read out once, as soon as it appears. */
export function Note({
  tone,
  title,
  children,
  actions,
  icon,
  alert = false,
}: {
  tone: keyof typeof TONES
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  icon?: ReactNode
  alert?: boolean
}) {
  const look = TONES[tone]
  return (
    <div className="@container">
      <div
        className={`note grid! grid-cols-[auto_minmax(0,1fr)] @lg:grid-cols-[auto_minmax(0,1fr)_auto] ${look.className}`}
        role={alert ? 'alert' : undefined}
      >
        <span className="mt-0.5">{icon ?? look.icon}</span>
        <div className="min-w-0">
          <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
          {children ? <div className="text-12 text-ink mt-0.5 [overflow-wrap:anywhere]">{children}</div> : null}
        </div>
        {actions ? (
          <div className="flex flex-wrap items-start gap-1.5 col-start-2 @lg:col-start-3">{actions}</div>
        ) : null}
      </div>
    </div>
  )
}
