'use client'

import { Check, EyeOff, Webhook } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'

/** Address and secret of a new webhook, once, with a call to try. */
export function HookPanel({
  title,
  address,
  secret,
  textPath,
  earlierUntil,
  onStored,
}: {
  title: string
  address: string
  secret: string
  textPath: string | null
  /** Until when the secret before this one is accepted too. */
  earlierUntil: string | null
  onStored: () => void
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const curl = curlFor({ address, secret, textPath })
  return (
    <section className="panel border-accent-line! overflow-hidden" aria-labelledby="hook-ready">
      <div className="panel-h bg-selected border-accent-line! flex-wrap">
        <Webhook className="i text-accent-text" aria-hidden />
        <h2 ref={heading} id="hook-ready" tabIndex={-1} className="outline-none [overflow-wrap:anywhere]">
          {earlierUntil === null ? `${title} is ready` : `${title} has a new secret`}
        </h2>
        <span className="end">
          <Button size="sm" icon={<Check className="i-sm" aria-hidden />} onClick={onStored}>
            I have stored it
          </Button>
        </span>
      </div>
      <div className="p-3.5 grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex items-end gap-2">
          <Field
            label="Secret"
            className="flex-1"
            note={
              <span className="text-blocked-fg font-medium inline-flex items-center gap-1">
                <EyeOff className="i-sm" aria-hidden />
                shown once
              </span>
            }
          >
            <Input readOnly className="mono" value={secret} onFocus={(event) => event.target.select()} />
          </Field>
          <CopyButton text={secret} label="Copy the secret" kind="secondary" size="md">
            Copy
          </CopyButton>
        </div>
        {earlierUntil === null ? null : (
          <p className="text-soft">
            The one before is accepted too until <DateTime at={earlierUntil} />.
          </p>
        )}
        <div className="min-w-0">
          <p className="label">A call to try</p>
          <div className="rounded-md border border-line bg-well mt-1 relative">
            <CodeBlock label="A call to try">{curl}</CodeBlock>
          </div>
          <p className="text-12 text-soft mt-1.5">
            Better than the secret in a header: sign each call as Standard Webhooks does. A call with a webhook-id that
            has come before starts nothing again.
          </p>
        </div>
      </div>
    </section>
  )
}

export function curlFor({ address, secret, textPath }: { address: string; secret: string; textPath: string | null }) {
  const text = 'The parcel arrived late and damaged.'
  const body =
    textPath === null
      ? text
      : JSON.stringify(textPath.split('.').reduceRight<unknown>((inner, name) => nested(name, inner), text))
  return [
    `curl -X POST ${address} \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    `  -H 'webhook-id: try-1' \\`,
    `  -d '${body}'`,
  ].join('\n')
}

function nested(name: string, inner: unknown): unknown {
  return /^\d+$/.test(name) ? [inner] : { [name]: inner }
}
