import { Quote, UserRound } from 'lucide-react'
import { Money } from '#app/_ui/money.tsx'
import type { Report, StepMaking } from '#lib/workflows/report/shape.ts'
import { engineWords, leftOutWords, quotesWords, stepWord } from '#lib/workflows/report/words.ts'

/** On paper the text does not stand beside the numbers. */
export function PrintedQuotes({ report: { evidence, language } }: { report: Report }) {
  if (evidence.length === 0) return null
  return (
    <section className="hidden print:block" aria-label="Quotes">
      <h3 className="text-13 border-b border-line-strong pb-1 mb-2">Quotes</h3>
      <ol className="flex flex-col gap-1 text-12">
        {evidence.map(({ number, quote }) => (
          <li key={number} className="flex gap-2.5 break-inside-avoid">
            <span className="num w-5 shrink-0 text-right">{number}</span>
            <span className="font-serif min-w-0" lang={language ?? undefined} dir="auto">
              {quote}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Who made it, what it cost, and how far it can be trusted. */
export function Making({ report }: { report: Report }) {
  const { found, missing } = report.quotes
  return (
    <footer className="border-t border-line-strong pt-3 text-12 text-soft break-inside-avoid">
      <dl className="grid grid-cols-2 md:grid-cols-3 print:grid-cols-3 gap-x-4 gap-y-2.5">
        {report.making.map((step) => (
          <div key={step.step} className="min-w-0">
            <dt className="truncate">{step.title}</dt>
            <dd className="mt-0.5">
              <span className="mono text-ink block truncate">
                {step.engine ? engineWords(step.engine) : stepWord(step.status, step.reason).toLowerCase()}
              </span>
              {isFree(step) ? 'no cost' : <Money micros={step.costMicros} />}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 pt-2.5 border-t border-line flex flex-wrap gap-x-4 gap-y-1">
        {found + missing === 0 ? null : (
          <p
            className={`inline-flex items-center gap-1 font-medium ${missing > 0 ? 'text-blocked-fg' : 'text-completed-fg'}`}
          >
            <Quote className="i-sm" aria-hidden />
            {quotesWords(report.quotes).slice(0, -1)}
          </p>
        )}
        <p className="inline-flex items-center gap-1">
          <UserRound className="i-sm" aria-hidden />
          {report.review}
        </p>
        <p className="md:ml-auto">
          {isFree(report) ? (
            'No cost'
          ) : (
            <>
              Cost{' '}
              <b className="text-ink font-medium">
                <Money micros={report.costMicros} />
              </b>
            </>
          )}
        </p>
      </div>
      {report.leftOut > 0 ? <p className="mt-1.5">{leftOutWords(report.leftOut)}</p> : null}
      <p className="mt-1.5 truncate">
        Made with Baton, run <span className="mono">{report.run}</span>
      </p>
    </footer>
  )
}

/** Without a call nothing can have cost anything; a call without a price is unpriced. */
function isFree({ tokens, costMicros }: Pick<StepMaking, 'tokens' | 'costMicros'>): boolean {
  return tokens === null && costMicros === null
}
