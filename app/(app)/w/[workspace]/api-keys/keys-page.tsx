'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { LeaveQuestion } from '#app/_ui/leave-question.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { ApiKeyScope } from '#lib/access/actor.ts'
import type { ApiKey } from '#lib/access/keys.ts'
import type { TaskPage } from '#lib/tasks/shapes.ts'
import { makeKey, revokeKey } from './actions.ts'
import { curlFor } from './first-call.ts'
import { KeysView } from './keys-view.tsx'
import { NewKeyForm } from './new-key-form.tsx'
import { ReadyPanel } from './ready-panel.tsx'

/** The secret lives here, in the page's memory, and nowhere else. */
type Made = { id: string; secret: string }
type Failed = { where: 'form' | 'list'; error: ActionError }

const WATCHED_EVERY_MS = 1_500
const IDLE_EVERY_MS = 30_000

export function KeysPage({ start }: { start: ApiKey[] }) {
  const client = useQueryClient()
  const { id, slug, name, api, path } = useWorkspace()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [failed, setFailed] = useState<Failed | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  const [showRevoked, setShowRevoked] = useState(false)
  const keysKey = [...queryKeys.workspace(id), 'api-keys']
  const { data: keys } = useQuery({
    queryKey: keysKey,
    queryFn: async ({ signal }) => (await fetchJson<{ items: ApiKey[] }>(`${api}/api-keys`, signal)).items,
    initialData: start,
    refetchInterval: made ? WATCHED_EVERY_MS : IDLE_EVERY_MS,
  })
  const fresh = keys.find((key) => key.id === made?.id) ?? null
  const first = useQuery({
    queryKey: [...queryKeys.tasks(id), 'of-key', made?.id],
    queryFn: ({ signal }) => fetchJson<TaskPage>(`${api}/tasks?submitter=${made?.id}&limit=1`, signal),
    enabled: fresh !== null && fresh.lastUsedAt !== null && fresh.scopes.includes('run'),
    refetchInterval: WATCHED_EVERY_MS,
  })

  async function make(request: { name: string; scopes: ApiKeyScope[] }) {
    setBusy('new')
    setFailed(null)
    const answer = await runAction(() => makeKey(slug, request))
    setBusy(null)
    if (!answer.ok) return setFailed({ where: 'form', error: answer.error })
    const { key, secret } = answer.data
    client.setQueryData<ApiKey[]>(keysKey, (held = []) => [key, ...held])
    setMade({ id: key.id, secret })
    setOpen(false)
  }

  async function revoke(keyId: string) {
    setBusy(keyId)
    setFailed(null)
    const answer = await runAction(() => revokeKey(slug, { id: keyId }))
    setBusy(null)
    setAsking(null)
    if (!answer.ok) return setFailed({ where: 'list', error: answer.error })
    notify(`${answer.data.name} is revoked`)
    if (made?.id === keyId) setMade(null)
    await client.invalidateQueries({ queryKey: keysKey })
  }

  const top =
    made && fresh ? (
      <ReadyPanel
        apiKey={fresh}
        secret={made.secret}
        curl={curlFor({ origin: window.location.origin, workspace: slug, secret: made.secret, scopes: fresh.scopes })}
        firstTask={first.data?.items[0] ?? null}
        hrefOfTask={(task) => path(`/tasks/${task}`)}
        onStored={() => setMade(null)}
      />
    ) : open ? (
      <NewKeyForm
        busy={busy === 'new'}
        error={failed?.where === 'form' ? failed.error : null}
        onMake={(request) => void make(request)}
        onClose={() => setOpen(false)}
      />
    ) : null

  return (
    <>
      <KeysView
        keys={keys}
        workspaceName={name}
        showRevoked={showRevoked}
        top={top}
        error={failed?.where === 'list' ? failed.error : null}
        freshId={made?.id ?? null}
        asking={asking}
        busy={busy}
        onNew={top === null ? () => setOpen(true) : null}
        onShowRevoked={setShowRevoked}
        onAsk={setAsking}
        onRevoke={(key) => void revoke(key)}
      />
      <LeaveQuestion
        active={made !== null}
        title="Is the secret stored?"
        description="It is shown only here and only now. If it is lost, revoke the key and make another."
      />
    </>
  )
}
