'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Select } from '#app/_ui/select.tsx'
import { useChord } from '#app/_ui/shortcuts.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { CatalogueWorker, ConnectedModel } from '../../tasks/new/catalogue.ts'
import { optionProblem } from '../../tasks/new/option-controls.ts'
import { OptionFields } from '../../tasks/new/option-fields.tsx'
import { useRequestKey } from '../../tasks/new/use-request-key.ts'
import { type Refusal, startTable } from './send-table.ts'
import { StartBatchPanel } from './start-batch-panel.tsx'
import { TablePanel } from './table-panel.tsx'
import { type Chosen, usePreview } from './use-preview.ts'
import { type Source, useSourceTable } from './use-source.ts'

type Props = {
  workers: readonly CatalogueWorker[]
  workflows: readonly { name: string; title: string; steps: number }[]
  times: readonly WorkerTimes[]
  model: ConnectedModel | null
  /** `worker:NAME` or `workflow:NAME`. */
  target: string
  /** CSV. */
  sample: string
  /** The batch whose rows are started again. */
  source: Source | null
  engine: Engine
  options: Record<string, Record<string, unknown>>
}

export function NewBatchView(props: Props) {
  const { workers, workflows, times, model, sample, source } = props
  const workspace = useWorkspace()
  const router = useRouter()
  const sourceTable = useSourceTable(source)
  /** Undefined before anything was picked: then it is the source's table. */
  const [picked, setPicked] = useState<Chosen | null | undefined>(undefined)
  const chosen = picked === undefined ? sourceTable.chosen : picked
  const [header, setHeader] = useState(true)
  const [column, setColumn] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [target, setTarget] = useState(props.target)
  const [options, setOptions] = useState(props.options)
  const [engine, setEngine] = useState(props.engine)
  const [missing, setMissing] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, startSending] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const lastKey = useRef(0)
  const keyFor = useRequestKey()
  const read = usePreview(chosen, { header, column: column ?? (picked === undefined ? sourceTable.column : null) })
  const [kind = 'worker', targetName = ''] = target.split(':')
  const worker = kind === 'worker' ? workers.find((one) => one.name === targetName) : undefined
  const steps = workflows.find((one) => kind === 'workflow' && one.name === targetName)?.steps ?? 1
  const optionErrors = worker
    ? worker.controls.flatMap((control) => {
        const problem = optionProblem(control, options[worker.name]?.[control.name] ?? control.initial)
        return problem === null ? [] : [{ field: `option-${control.name}`, message: problem }]
      })
    : []
  const usable = read.preview ? read.preview.rows - read.preview.unusableCount : null
  const givenName = name.trim() || (chosen?.fileName?.replace(/\.[a-z0-9]{1,5}$/i, '') ?? 'Pasted table')

  function choose(next: Omit<Chosen, 'key'> | null) {
    lastKey.current += 1
    setPicked(next && { ...next, key: lastKey.current })
    setColumn(null)
    setMissing(false)
    setRefusal(null)
  }

  function start(again: boolean) {
    if (busy || workspace.whyNot('batch.start')) return
    if (!chosen || !read.preview || usable === 0) {
      setMissing(true)
      document.getElementById(chosen ? 'field-column' : 'field-table')?.focus()
      return
    }
    const [wrong] = optionErrors
    if (wrong) return document.getElementById(`field-${wrong.field}`)?.focus()
    const fields = {
      name: givenName.slice(0, 200),
      ...(worker
        ? { worker: worker.name, options: JSON.stringify(options[worker.name] ?? {}) }
        : { workflow: targetName, options: JSON.stringify(options[target] ?? {}) }),
      engine,
      column: read.preview.column,
      header: String(header),
      ...(again ? { again: 'true' } : {}),
    }
    startSending(async () => {
      setRefusal(null)
      const size = `${chosen.fileName} ${chosen.table.size}`
      const answer = await startTable(workspace.api, chosen.table, fields, keyFor([fields, size]))
      if (answer.ok) router.push(workspace.path(`/batches/${answer.body.id}`) as Route)
      else setRefusal(answer.refusal)
    })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    start(false)
  }

  useChord('mod+enter', () => form.current?.requestSubmit())

  return (
    <div className="page flex flex-col gap-5">
      <div>
        <h1 className="text-20">{source ? 'Rerun with changes' : 'New batch'}</h1>
        <p className="text-soft mt-0.5">
          {source ? (
            <>
              Rows of{' '}
              <Link className="link" href={workspace.path(`/batches/${source.id}`) as Route}>
                {source.name}
              </Link>
              , as they came. That batch and its results stay as they are.
            </>
          ) : (
            'One worker or workflow over each row of a table. Nothing runs before you start it.'
          )}
        </p>
        {sourceTable.failed === null ? null : (
          <Note tone="failed" alert title="The rows of that batch could not be read">
            {sourceTable.failed}
          </Note>
        )}
      </div>
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        aria-label="New batch"
        className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
      >
        <div className="flex flex-col gap-4 min-w-0">
          <TablePanel
            chosen={chosen}
            onChoose={choose}
            sample={sample}
            read={read}
            header={header}
            onHeader={(next) => {
              setHeader(next)
              setColumn(null)
            }}
            onColumn={setColumn}
            error={missing && !chosen ? 'Choose a table first.' : null}
          />
          <Panel title="What runs">
            <div className="p-3.5 grid grid-cols-1 gap-x-6 gap-y-4 md:grid-cols-2">
              <Field label="Worker or workflow" id="field-target">
                <Select
                  value={target}
                  choices={[
                    ...workers.map((one) => ({ value: `worker:${one.name}`, label: one.title })),
                    ...workflows.map((one) => ({
                      value: `workflow:${one.name}`,
                      label: `${one.title}, ${one.steps} steps`,
                    })),
                  ]}
                  onChange={(event) => setTarget(event.target.value)}
                />
              </Field>
              <Field
                label="Name of the batch"
                optional
                id="field-name"
                hint={name.trim() ? undefined : `Else “${givenName}”.`}
              >
                <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
              </Field>
            </div>
          </Panel>
          {worker ? (
            <OptionFields
              worker={worker}
              values={options[worker.name] ?? {}}
              onChange={(option, value) =>
                setOptions({ ...options, [worker.name]: { ...options[worker.name], [option]: value } })
              }
              onReset={() => setOptions({ ...options, [worker.name]: {} })}
              errorOf={(field) => optionErrors.find((problem) => problem.field === field)?.message ?? null}
            />
          ) : null}
        </div>
        <StartBatchPanel
          usable={usable}
          failing={read.preview?.unusableCount ?? 0}
          times={times.find((one) => one.worker === (worker?.name ?? ''))}
          steps={steps}
          engine={engine}
          onEngine={setEngine}
          model={model}
          needsModel={worker?.needsModel ?? true}
          busy={busy}
          refusal={refusal}
          onAgain={() => start(true)}
        />
      </form>
    </div>
  )
}
