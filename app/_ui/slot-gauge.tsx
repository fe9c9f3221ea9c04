/** One bar a slot: solid busy, outline free; hatched ones wait. Groups are processes. Say the numbers beside it. */
export function SlotGauge({
  processes,
  waiting = 0,
  mostWaiting = 5,
  size = 'md',
}: {
  processes: readonly { busy: number; total: number }[]
  waiting?: number
  /** How many waiting ones are drawn; the rest is a number. */
  mostWaiting?: number
  size?: 'sm' | 'md'
}) {
  const bar = size === 'sm' ? 'block w-1.5 h-3.5 rounded-[2px]' : 'block w-2 h-4 rounded-[2px]'
  const shown = Math.min(waiting, mostWaiting)
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5" aria-hidden>
      {processes.map((process, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- processes have no identity here, only an order
        <span key={index} className="inline-flex flex-wrap gap-0.5">
          {Array.from({ length: process.total }, (_, slot) => (
            <i key={slot} className={`${bar} ${slot < process.busy ? 'bg-accent' : 'outline-bar'}`} />
          ))}
        </span>
      ))}
      {shown > 0 ? (
        <span className="inline-flex gap-0.5">
          {Array.from({ length: shown }, (_, slot) => (
            <i key={slot} className={`${bar} hatch`} />
          ))}
        </span>
      ) : null}
      {waiting > shown ? (
        <span className="text-12 text-pending-fg num font-medium">+{(waiting - shown).toLocaleString('en')}</span>
      ) : null}
    </span>
  )
}
