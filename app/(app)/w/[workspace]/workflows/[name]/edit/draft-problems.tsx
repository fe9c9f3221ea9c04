import { CircleCheck, CircleX } from 'lucide-react'
import { Panel } from '#app/_ui/panel.tsx'
import type { FieldIssue } from '#lib/errors.ts'
import { lineOf, type ReadDraft } from '#lib/workflows/stored/yaml-draft.ts'

type Props = {
  text: string
  read: ReadDraft
  issues: readonly FieldIssue[]
  /** What was typed last has not been looked at yet. */
  checking: boolean
  onGo: (line: number) => void
}

/** What keeps the draft from being published; each leads to its line. */
export function DraftProblems({ text, read, issues, checking, onGo }: Props) {
  const found =
    'problem' in read
      ? [{ path: '', message: read.problem, line: read.line }]
      : issues.map((issue) => ({ ...issue, line: lineOf(text, issue.path) }))
  return (
    <Panel title="Check" {...(found.length > 0 ? { count: found.length } : {})}>
      <div className="px-3.5 py-3" aria-live="polite">
        {found.length > 0 ? (
          <ul className="grid gap-2">
            {found.map(({ path, message, line }) => (
              <li key={`${path} ${message}`} className="flex gap-2">
                <CircleX className="i-sm mt-0.5 shrink-0 text-failed-fg" aria-hidden />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {message}{' '}
                  {line === null ? (
                    <span className="mono text-soft">{path}</span>
                  ) : (
                    <button type="button" className="link" onClick={() => onGo(line)}>
                      line {line}
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        ) : checking ? (
          <p className="text-soft">Looking …</p>
        ) : (
          <p className="flex gap-2 text-completed-fg">
            <CircleCheck className="i-sm mt-0.5 shrink-0" aria-hidden />
            Nothing to correct
          </p>
        )}
      </div>
    </Panel>
  )
}
