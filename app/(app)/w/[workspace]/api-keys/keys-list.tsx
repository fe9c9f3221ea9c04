'use client'

import { Ban } from 'lucide-react'
import { formatDate } from '#app/_ui/format.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useMounted } from '#app/_ui/clock.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { ApiKey } from '#lib/access/keys.ts'
import { SCOPES } from './new-key-form.tsx'
import { RevokeConfirm, revokeId } from './revoke-confirm.tsx'

export type KeysListProps = {
  keys: readonly ApiKey[]
  freshId: string | null
  /** The key whose revocation is being confirmed. */
  asking: string | null
  busy: string | null
  onAsk: (id: string | null) => void
  onRevoke: (id: string) => void
}

/** A table from 1280 px, one card a key below. */
export function KeysList(props: KeysListProps) {
  return (
    <>
      <table className="table table-fixed max-xl:hidden [&_tbody_tr:hover_td]:bg-none! [&_tbody>tr:last-child>*]:border-b-0!">
        <caption className="sr">API keys of this workspace</caption>
        <colgroup>
          <col />
          <col className="w-[140px]" />
          <col className="w-[212px]" />
          <col className="w-[168px]" />
          <col className="w-[170px]" />
          <col className="w-[60px]" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="px-3.5!">
              Name
            </th>
            <th scope="col">Key</th>
            <th scope="col">May</th>
            <th scope="col">Made by</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span className="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} {...props} />
          ))}
        </tbody>
      </table>
      <ul className="xl:hidden">
        {props.keys.map((key) => (
          <KeyCard key={key.id} apiKey={key} {...props} />
        ))}
      </ul>
    </>
  )
}

function KeyRow({ apiKey, freshId, asking, busy, onAsk, onRevoke }: KeysListProps & { apiKey: ApiKey }) {
  const asked = asking === apiKey.id
  return (
    <>
      <tr className={asked ? '[&>*]:border-b-0!' : freshId === apiKey.id ? '[&>*]:bg-selected' : ''}>
        <th scope="row" className="h-14! px-3.5! font-normal! text-13! text-ink!">
          <KeyName apiKey={apiKey} fresh={freshId === apiKey.id} />
        </th>
        <td>
          <Mask apiKey={apiKey} />
        </td>
        <td>
          <Scopes apiKey={apiKey} />
        </td>
        <td>
          <MadeBy apiKey={apiKey} />
        </td>
        <td>
          <LastUse apiKey={apiKey} />
        </td>
        <td className="pr-3.5! text-right">
          <RevokeButton id={revokeId(apiKey, 'row')} apiKey={apiKey} asked={asked} onAsk={onAsk} />
        </td>
      </tr>
      {asked ? (
        <tr>
          <td colSpan={6} className="whitespace-normal! px-3.5! pb-3.5! pt-0!">
            <RevokeConfirm apiKey={apiKey} busy={busy === apiKey.id} onAsk={onAsk} onRevoke={onRevoke} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function KeyCard({ apiKey, freshId, asking, busy, onAsk, onRevoke }: KeysListProps & { apiKey: ApiKey }) {
  const asked = asking === apiKey.id
  return (
    <li
      className={`px-3.5 py-3 border-b border-line last:border-b-0 grid gap-2 ${freshId === apiKey.id ? 'bg-selected' : ''}`}
    >
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1">
          <KeyName apiKey={apiKey} fresh={freshId === apiKey.id} />
        </span>
        <RevokeButton id={revokeId(apiKey, 'card')} apiKey={apiKey} asked={asked} onAsk={onAsk} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Mask apiKey={apiKey} />
        <Scopes apiKey={apiKey} />
      </div>
      <dl className="grid grid-cols-2 gap-2 text-12">
        <div>
          <dt className="text-soft">Last used</dt>
          <dd>
            <LastUse apiKey={apiKey} />
          </dd>
        </div>
        <div>
          <dt className="text-soft">Made by</dt>
          <dd>
            <MadeBy apiKey={apiKey} />
          </dd>
        </div>
      </dl>
      {asked ? <RevokeConfirm apiKey={apiKey} busy={busy === apiKey.id} onAsk={onAsk} onRevoke={onRevoke} /> : null}
    </li>
  )
}

function KeyName({ apiKey, fresh }: { apiKey: ApiKey; fresh: boolean }) {
  return (
    <>
      <span className={`font-medium [overflow-wrap:anywhere] ${apiKey.revokedAt ? 'line-through text-soft' : ''}`}>
        {apiKey.name}
      </span>
      {fresh ? <span className="tag bg-accent-soft! border-accent-line! text-accent-text! ml-1.5">New</span> : null}
      {apiKey.revokedAt ? (
        <span className="block text-12 text-soft">
          revoked <RelativeTime at={apiKey.revokedAt} />
        </span>
      ) : apiKey.lastUsedAt === null ? (
        <span className="flex items-center gap-1.5 text-12 text-pending-fg font-medium">
          <i className="hatch w-7 h-2 rounded-xs" aria-hidden />
          no call yet
        </span>
      ) : null}
    </>
  )
}

function Mask({ apiKey }: { apiKey: ApiKey }) {
  return (
    <span className="mono text-ink whitespace-nowrap">
      {apiKey.prefix}
      <span className="text-faint">…</span>
      {apiKey.last4}
    </span>
  )
}

function Scopes({ apiKey }: { apiKey: ApiKey }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {apiKey.scopes.map((scope) => (
        <span key={scope} className="tag">
          {SCOPES[scope].title}
        </span>
      ))}
    </span>
  )
}

function MadeBy({ apiKey }: { apiKey: ApiKey }) {
  const zone = useMounted() ? undefined : 'UTC'
  return (
    <>
      <span className="block truncate">{apiKey.createdBy?.name ?? 'someone who has left'}</span>
      <span className="block text-12 text-soft num">{formatDate(apiKey.createdAt, zone)}</span>
    </>
  )
}

function LastUse({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.lastUsedAt === null) return <span className="text-faint">never</span>
  const status = apiKey.lastUsedStatus
  return (
    <>
      <span className="block">
        <RelativeTime at={apiKey.lastUsedAt} />
        {status !== null && status >= 400 ? (
          <span className="text-failed-fg font-medium"> refused, {status}</span>
        ) : null}
      </span>
      <span className="block mono text-soft truncate">{apiKey.lastUsedIp ?? ''}</span>
    </>
  )
}

function RevokeButton({
  id,
  apiKey,
  asked,
  onAsk,
}: {
  id: string
  apiKey: ApiKey
  asked: boolean
  onAsk: (id: string | null) => void
}) {
  if (apiKey.revokedAt) return null
  return (
    <IconButton
      id={id}
      data-focus-next="keys-heading"
      size="sm"
      label={`Revoke ${apiKey.name}`}
      aria-expanded={asked}
      className={asked ? 'bg-failed-bg! text-failed-fg!' : ''}
      icon={<Ban className="i-sm" aria-hidden />}
      onClick={() => onAsk(asked ? null : apiKey.id)}
    />
  )
}
