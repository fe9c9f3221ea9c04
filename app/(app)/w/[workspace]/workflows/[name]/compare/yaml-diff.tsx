import { formatQuantity } from '#app/_ui/format.ts'
import type { YamlRow } from './shown-changes.ts'

const SIGN = { same: ' ', gone: '−', new: '+' } as const
const LOOK = { same: '', gone: 'bg-failed-bg text-failed-fg', new: 'bg-completed-bg text-completed-fg' } as const
const READ = { same: '', gone: 'gone: ', new: 'new: ' } as const

/** Both as YAML, line by line. */
export function YamlDiff({ rows }: { rows: readonly YamlRow[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled sideways with the keyboard
    <section className="panel overflow-x-auto" aria-label="Changes as YAML" tabIndex={0}>
      <ol className="mono text-12 min-w-max py-1.5">
        {rows.map((row, index) =>
          'skipped' in row ? (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no other place than theirs
            <li key={index} className="px-3.5 py-1 text-soft bg-well">
              … {formatQuantity(row.skipped, 'line')} the same
            </li>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no other place than theirs
            <li key={index} className={`grid grid-cols-[3.5ch_3.5ch_2ch_1fr] gap-x-2 px-3.5 ${LOOK[row.kind]}`}>
              <span className="text-right text-soft num" aria-hidden>
                {row.before ?? ''}
              </span>
              <span className="text-right text-soft num" aria-hidden>
                {row.after ?? ''}
              </span>
              <span aria-hidden>{SIGN[row.kind]}</span>
              <span className="whitespace-pre">
                <span className="sr">{READ[row.kind]}</span>
                {row.text}
              </span>
            </li>
          ),
        )}
      </ol>
    </section>
  )
}
