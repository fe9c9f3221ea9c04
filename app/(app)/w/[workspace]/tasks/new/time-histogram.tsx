import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'

/** Fewer make no shape. */
const FEWEST_SAMPLES = 8

/**
 * How long earlier runs took, each bar twice as long as the one before: runs of a second and of a minute both show.
 * The bars up to the median are dark, the slowest twentieth is pale.
 */
export function TimeHistogram({ times }: { times: WorkerTimes }) {
  const { histogram, medianMs, p95Ms, samples } = times
  const [first] = histogram
  if (medianMs === null || p95Ms === null || !first || samples < FEWEST_SAMPLES) return null
  const most = Math.max(...histogram.map((bar) => bar.count))
  const doublings = (ms: number) => Math.log2(Math.max(1, ms))
  const place = (ms: number) =>
    Math.max(0, Math.min(100, ((doublings(ms) - doublings(first.fromMs)) / histogram.length) * 100))
  const median = place(medianMs)
  const p95 = place(p95Ms)
  return (
    <figure>
      <figcaption className="text-12 text-soft mb-2">
        How long the last {formatQuantity(samples, 'run')} took
        <span className="sr">
          : half by {formatDuration(medianMs)}, 95% by {formatDuration(p95Ms)}
        </span>
      </figcaption>
      <div className="relative" aria-hidden>
        <div className="flex items-end gap-px h-12 border-b border-line-strong">
          {histogram.map((bar) => (
            <i
              key={bar.fromMs}
              className="flex-1 bg-c1 rounded-t-[1px]"
              style={{
                height: bar.count === 0 ? 0 : `max(2px, ${(bar.count / most) * 100}%)`,
                opacity: bar.fromMs < medianMs ? 1 : bar.fromMs < p95Ms ? 0.5 : 0.25,
              }}
            />
          ))}
        </div>
        <i className="absolute top-0 -bottom-1 w-px bg-ink" style={{ left: `${median}%` }} />
        <i className="absolute top-4 -bottom-1 border-l border-dashed border-faint" style={{ left: `${p95}%` }} />
      </div>
      <div className="flex justify-between gap-2 mt-1.5 text-12 text-soft num" aria-hidden>
        <span className="text-ink font-medium">half by {formatDuration(medianMs)}</span>
        <span>95% by {formatDuration(p95Ms)}</span>
      </div>
    </figure>
  )
}
