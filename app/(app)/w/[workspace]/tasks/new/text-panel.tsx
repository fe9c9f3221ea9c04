'use client'

import { CircleAlert, Sparkles } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatShare } from '#app/_ui/format.ts'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { SampleText } from './catalogue.ts'
import { MAX_TEXT_LENGTH } from './limits.ts'
import { textDirection } from './text-direction.ts'
import type { TextFacts } from './text-facts.ts'

export function TextPanel({
  text,
  facts,
  onChange,
  onSample,
  samples,
  worker,
  error,
}: {
  text: string
  facts: TextFacts
  onChange: (text: string) => void
  onSample: (sample: SampleText) => void
  samples: readonly SampleText[]
  worker: string
  error: string | null
}) {
  const suited = samples.toSorted((a, b) => Number(b.suits.includes(worker)) - Number(a.suits.includes(worker)))
  return (
    <Panel
      title="Text"
      end={
        <Menu
          trigger={
            <Button kind="ghost" size="sm" icon={<Sparkles aria-hidden />}>
              Use a sample
            </Button>
          }
        >
          {suited.map((sample) => (
            <MenuItem key={sample.id} onSelect={() => onSample(sample)}>
              {sample.title}
              {sample.suits.includes(worker) ? <span className="text-faint"> suits this worker</span> : null}
            </MenuItem>
          ))}
        </Menu>
      }
    >
      <div className="p-3 grid grid-cols-1 gap-3 md:grid-cols-[minmax(0,1fr)_168px]">
        <div className="min-w-0">
          <label htmlFor="field-text" className="sr">
            Text to work on
          </label>
          <textarea
            id="field-text"
            dir={textDirection(text)}
            rows={11}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            aria-describedby={error ? 'field-text-error field-text-facts' : 'field-text-facts'}
            aria-invalid={error ? true : undefined}
            placeholder="Type or paste a text"
            className="area doc text-16! leading-[1.6]! px-4! py-3! field-sizing-content min-h-88 max-h-[70vh] block resize-none"
          />
          {error ? (
            <p className="err mt-1.5" id="field-text-error">
              <CircleAlert className="i-sm" aria-hidden />
              {error}
            </p>
          ) : null}
        </div>
        <Facts facts={facts} />
      </div>
    </Panel>
  )
}

function Facts({ facts }: { facts: TextFacts }) {
  const share = facts.characters / MAX_TEXT_LENGTH
  const rows = [
    ['Words', formatCount(facts.words)],
    ['Characters', formatCount(facts.characters)],
    ['Tokens', facts.tokens === 0 ? '0' : `about ${formatCount(facts.tokens)}`],
    ...(facts.language === null ? [] : [['Language', facts.language]]),
  ]
  return (
    <div id="field-text-facts" className="flex flex-col md:pl-1 md:py-1">
      <dl className="num grid gap-y-1.5 max-md:grid-cols-2 max-md:gap-x-6">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-2">
            <dt className="text-soft">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-3">
        <div className="progress" aria-hidden>
          <i className={share > 1 ? 'bg-failed!' : ''} style={{ width: `${Math.min(100, share * 100)}%` }} />
        </div>
        <p className="hint mt-1.5">
          {facts.characters === 0 ? 'Up to' : `${capital(formatShare(share))} of`} the {formatCount(MAX_TEXT_LENGTH)}
          -character limit
        </p>
      </div>
      {facts.found.length > 0 ? (
        <div className="mt-4">
          <p className="text-12 text-soft">Found as you type</p>
          <ul className="flex md:flex-col flex-wrap items-start gap-1 mt-1.5">
            {facts.found.map((value) => (
              <li key={value} className="tag mono text-ink! max-w-full">
                <span className="truncate">{value}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
