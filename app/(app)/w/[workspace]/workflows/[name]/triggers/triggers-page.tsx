'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Zap } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { useMounted } from '#app/_ui/clock.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import type { Choice } from '#app/_ui/select.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { NewTrigger, Trigger } from '#lib/triggers/shapes.ts'
import { makeTrigger, newTriggerSecret, removeTrigger, runNow, setPaused } from './actions.ts'
import { HookPanel } from './hook-panel.tsx'
import { NewTriggerForm } from './new-trigger-form.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { SigningPanel } from './signing-panel.tsx'
import { TriggerCard } from './trigger-card.tsx'

const EVERY_MS = 5_000

type Props = {
  workflow: { name: string; title: string; calls: boolean }
  start: Trigger[]
  workers: readonly Choice[]
  maySeeSecret: boolean
}

type Open = 'form' | { trigger: Trigger; secret: string; earlierUntil?: string | null } | null

export function TriggersPage({ workflow, start, workers, maySeeSecret }: Props) {
  const client = useQueryClient()
  const { id, slug, api, path, whyNot } = useWorkspace()
  const [open, setOpen] = useState<Open>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [failed, setFailed] = useState<{ where: 'form' | 'list'; error: ActionError } | null>(null)
  const [rotating, setRotating] = useState<Trigger | null>(null)
  const [deleting, setDeleting] = useState<Trigger | null>(null)
  const origin = useMounted() ? window.location.origin : ''
  const key = [...queryKeys.runs(id), 'triggers', workflow.name]
  const { data: triggers } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await fetchJson<{ items: Trigger[] }>(`${api}/workflows/${workflow.name}/triggers`, signal)).items,
    initialData: start,
    refetchInterval: EVERY_MS,
  })

  async function act<Data>(name: string, work: () => Promise<ActionResult<Data>>): Promise<Data | null> {
    setBusy(name)
    setFailed(null)
    const answer = await runAction(work)
    setBusy(null)
    if (!answer.ok) {
      setFailed({ where: name === 'make' ? 'form' : 'list', error: answer.error })
      return null
    }
    await client.invalidateQueries({ queryKey: key })
    return answer.data
  }

  async function make(trigger: NewTrigger) {
    const made = await act('make', () => makeTrigger(slug, { workflow: workflow.name, trigger }))
    if (!made) return
    setOpen(made.secret === null ? null : { trigger: made.trigger, secret: made.secret })
    if (made.secret === null) notify(`${made.trigger.title} is on`)
  }

  async function run(trigger: Trigger) {
    const fired = await act(`run ${trigger.id}`, () => runNow(slug, { id: trigger.id }))
    if (fired) notify(fired.reason ?? `${workflow.title} was started`, fired.reason ? { kind: 'failed' } : {})
  }

  async function remove(trigger: Trigger) {
    setDeleting(null)
    const done = await act(`delete ${trigger.id}`, () => removeTrigger(slug, { id: trigger.id }))
    if (done !== null) notify(`${trigger.title} is deleted`)
  }

  async function rotate(trigger: Trigger, endEarlier: boolean) {
    const made = await act(`rotate ${trigger.id}`, () =>
      newTriggerSecret(slug, { id: trigger.id, request: { endEarlier } }),
    )
    setRotating(null)
    if (made) setOpen({ trigger, ...made })
  }

  return (
    <div className="page flex flex-col gap-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-20">{headline(triggers, workflow.title)}</h1>
          <p className="text-soft mt-0.5">
            What starts{' '}
            <Link className="link" href={path(`/workflows/${workflow.name}`) as Route}>
              {workflow.title}
            </Link>{' '}
            by itself. Each start is kept here, also one that did not come about.
          </p>
        </div>
        <Button
          kind="primary"
          icon={<Plus aria-hidden />}
          disabledReason={whyNot('trigger.change')}
          onClick={() => setOpen('form')}
        >
          New trigger
        </Button>
      </div>
      {open === 'form' ? (
        <NewTriggerForm
          workers={workers}
          busy={busy === 'make'}
          error={failed?.where === 'form' ? failed.error : null}
          onMake={(trigger) => void make(trigger)}
          onClose={() => setOpen(null)}
        />
      ) : open ? (
        <HookPanel
          title={open.trigger.title}
          address={`${origin}/api/hooks/${open.trigger.hook}`}
          secret={open.secret}
          earlierUntil={open.earlierUntil ?? null}
          textPath={open.trigger.config.kind === 'webhook' ? open.trigger.config.textPath : null}
          onStored={() => setOpen(null)}
        />
      ) : null}
      {failed?.where === 'list' ? <ActionNote error={failed.error} /> : null}
      {triggers.length === 0 && open !== 'form' ? (
        <EmptyState icon={<Zap aria-hidden />} title="Nothing starts it yet">
          A trigger starts this workflow at times, when a document is added, when a task has ended, or when another
          program calls.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {triggers.map((trigger) => (
            <TriggerCard
              key={trigger.id}
              trigger={trigger}
              origin={origin}
              busy={busy}
              onRun={(one) => void run(one)}
              onPause={(one, paused) => void act(`pause ${one.id}`, () => setPaused(slug, { id: one.id, paused }))}
              onDelete={setDeleting}
              onRotate={setRotating}
            />
          ))}
        </ul>
      )}
      {workflow.calls ? <SigningPanel maySeeSecret={maySeeSecret} /> : null}
      <RotateDialog
        of={rotating?.title ?? null}
        overlap="The one before is accepted for 24 hours more, so that whoever calls can change it in their own time."
        busy={busy === `rotate ${rotating?.id}`}
        onRotate={(endEarlier) => (rotating ? void rotate(rotating, endEarlier) : undefined)}
        onClose={() => setRotating(null)}
      />
      <Dialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title={`Delete ${deleting?.title ?? ''}?`}
        description="It starts nothing any more, and the list of its starts goes with it. The runs that it started stay."
        footer={
          <>
            <Button kind="ghost" onClick={() => setDeleting(null)}>
              Keep it
            </Button>
            <Button kind="danger" onClick={() => (deleting ? void remove(deleting) : undefined)}>
              Delete the trigger
            </Button>
          </>
        }
      />
    </div>
  )
}

function headline(triggers: readonly Trigger[], title: string): string {
  const on = triggers.filter(({ pausedAt }) => pausedAt === null).length
  if (triggers.length === 0) return `Nothing starts ${title} by itself`
  if (on === 0) return `All triggers of ${title} are paused`
  return on === 1 ? `One trigger starts ${title}` : `${on} triggers start ${title}`
}
