import { ArrowUp } from 'lucide-react'
import { formatCount } from '#app/_ui/format.ts'
import type { TaskCount } from '#lib/tasks/shapes.ts'

/** How many tasks wait to be shown; the rows under it stay where they are until then. */
export function FreshBar({ fresh, onShow }: { fresh: TaskCount; onShow: () => void }) {
  return (
    <output className="block">
      {fresh.count === 0 ? null : (
        <button
          type="button"
          data-focus-next="task-list results"
          className="flex items-center justify-center gap-1.5 h-9 max-md:h-11 w-full border-b border-accent-line bg-accent-soft text-accent-text text-12 font-medium hover:underline underline-offset-2 -outline-offset-2"
          onClick={onShow}
        >
          <ArrowUp className="i-sm" aria-hidden />
          <span>
            <span className="num">
              {fresh.exact ? '' : 'more than '}
              {formatCount(fresh.count)}
            </span>{' '}
            new
          </span>
          <span aria-hidden>·</span>
          Show
        </button>
      )}
    </output>
  )
}
