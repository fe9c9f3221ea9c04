'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore, useTransition } from 'react'
import { formatQuantity } from '#app/_ui/format.ts'
import { useChord } from '#app/_ui/shortcuts.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { CatalogueWorker, ConnectedModel } from '../../tasks/new/catalogue.ts'
import { optionProblem } from '../../tasks/new/option-controls.ts'
import { OptionFields } from '../../tasks/new/option-fields.tsx'
import { useRequestKey } from '../../tasks/new/use-request-key.ts'
import { capOf } from '../cap.ts'
import { CapField } from './cap-field.tsx'
import { FilesPanel } from './files-panel.tsx'
import { NO_FILES, openFiles } from './files.ts'
import { NewBatchHeading } from './new-batch-heading.tsx'
import { quotesOf } from './quotes.ts'
import { type Answer, filesRequest, type Refusal, startFiles, startTable, tableFields } from './send-table.ts'
import { StartBatchPanel } from './start-batch-panel.tsx'
import { TablePanel } from './table-panel.tsx'
import { TargetPanel } from './target-panel.tsx'
import { filesProblem, TextsPanel } from './texts-panel.tsx'
import { type Chosen, usePreview } from './use-preview.ts'
import { type Source, useSourceTable } from './use-source.ts'

type Props = {
  workers: readonly CatalogueWorker[]
  workflows: readonly { name: string; title: string; steps: number; workers: readonly string[] | null }[]
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

type Asked = { again?: boolean; first?: number | undefined }

export function NewBatchView(props: Props) {
  const { workers, workflows, times, model, sample, source } = props
  const workspace = useWorkspace()
  const router = useRouter()
  const sourceTable = useSourceTable(source)
  /** Undefined before anything was picked: then it is the source's table. */
  const [picked, setPicked] = useState<Chosen | null | undefined>(undefined)
  const chosen = picked === undefined ? sourceTable.chosen : picked
  const [mode, setMode] = useState<'table' | 'files'>(source?.of === 'file' ? 'files' : 'table')
  const [store] = useState(() => openFiles(`${workspace.api}/documents`))
  const files = useSyncExternalStore(store.subscribe, store.state, () => NO_FILES)
  const { documents } = sourceTable
  useEffect(() => {
    if (documents) store.take(documents)
  }, [documents, store])
  const [header, setHeader] = useState(true)
  const [column, setColumn] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [target, setTarget] = useState(props.target)
  const [options, setOptions] = useState(props.options)
  const [engine, setEngine] = useState(props.engine)
  const [capText, setCapText] = useState('')
  const [unpriced, setUnpriced] = useState(false)
  const [missing, setMissing] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, startSending] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  /** How many were asked for at last. */
  const tried = useRef<number | undefined>(undefined)
  const lastKey = useRef(0)
  const keyFor = useRequestKey()
  const read = usePreview(chosen, { header, column: column ?? (picked === undefined ? sourceTable.column : null) })
  const [kind = 'worker', targetName = ''] = target.split(':')
  const worker = kind === 'worker' ? workers.find((one) => one.name === targetName) : undefined
  const workflow = workflows.find((one) => kind === 'workflow' && one.name === targetName)
  const steps = workflow?.steps ?? 1
  const optionErrors = worker
    ? worker.controls.flatMap((control) => {
        const problem = optionProblem(control, options[worker.name]?.[control.name] ?? control.initial)
        return problem === null ? [] : [{ field: `option-${control.name}`, message: problem }]
      })
    : []
  const ready = files.filter(({ state }) => state === 'here').length
  const refused = files.filter(({ state }) => state === 'refused').length
  const onTheWay = files.length - ready - refused
  const rows = read.preview ? read.preview.rows - read.preview.unusableCount : null
  const usable = mode === 'table' ? rows : files.length === 0 ? null : ready
  const called = worker ? [worker.name] : (workflow?.workers ?? null)
  const needsModel = workers.some((one) => one.needsModel && (called === null || called.includes(one.name)))
  const quotes = mode === 'files' ? null : quotesOf(read.preview, called, workers, model)
  const ownName =
    mode === 'table'
      ? (chosen?.fileName?.replace(/\.[a-z0-9]{1,5}$/i, '') ?? 'Pasted table')
      : source
        ? `${source.name}, again`
        : `${files[0]?.name ?? 'Files'}${files.length > 1 ? ` and ${formatQuantity(files.length - 1, 'more file')}` : ''}`
  const cap = capOf(capText)
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null)
  const refusedUnpriced = refusal?.issues.some(({ path }) => path === 'unpriced') ?? false
  /** Steps of a workflow may ask other models: the server knows. */
  const asksWord = cap.micros !== null && asksModel && (refusedUnpriced || (worker !== undefined && !model?.price))
  const givenName = (name.trim() || ownName).slice(0, 200)

  function choose(next: Omit<Chosen, 'key'> | null) {
    lastKey.current += 1
    setPicked(next && { ...next, key: lastKey.current })
    setColumn(null)
    setMissing(false)
    setRefusal(null)
  }

  /** `first`: only so many, to try it out. */
  function start({ again = false, first }: Asked = {}) {
    if (busy || workspace.whyNot('batch.start')) return
    if (usable === null || usable === 0 || onTheWay > 0) {
      setMissing(true)
      const field = mode === 'files' ? 'field-files' : chosen ? 'field-column' : 'field-table'
      document.getElementById(field)?.focus()
      return
    }
    const [wrong] = optionErrors
    if (wrong) return document.getElementById(`field-${wrong.field}`)?.focus()
    if (cap.problem !== null || (asksWord && !unpriced)) {
      setMissing(true)
      return document.getElementById(cap.problem === null ? 'field-unpriced' : 'field-cap')?.focus()
    }
    tried.current = first
    startSending(async () => {
      setRefusal(null)
      const answer = await send({ again, first })
      if (answer === null) return
      if (answer.ok) router.push(workspace.path(`/batches/${answer.body.id}`) as Route)
      else setRefusal(answer.refusal)
    })
  }

  /** Null while there is no table to send. */
  function send({ again = false, first }: Asked): Promise<Answer<{ id: string }>> | null {
    const doing = {
      name: first === undefined ? givenName : `${givenName.slice(0, 180)}, first ${first}`,
      ...(worker ? { worker: worker.name } : { workflow: targetName }),
      options: options[worker ? worker.name : target] ?? {},
      engine,
      again,
      cap: cap.micros === null ? null : { capMicros: cap.micros, unpriced },
    }
    if (mode === 'files') {
      const request = filesRequest(doing, files, first)
      return startFiles(workspace.api, request, keyFor(request))
    }
    if (!chosen || !read.preview) return null
    const fields = tableFields(doing, { column: read.preview.column, header, first })
    return startTable(workspace.api, chosen.table, fields, keyFor([fields, chosen.key]))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    start()
  }

  useChord('mod+enter', () => form.current?.requestSubmit())

  return (
    <div className="page flex flex-col gap-5">
      <NewBatchHeading source={source} failed={sourceTable.failed} />
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        aria-label="New batch"
        className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
      >
        <div className="flex flex-col gap-4 min-w-0">
          <TextsPanel
            mode={mode}
            onMode={(next) => {
              setMode(next)
              setMissing(false)
              setRefusal(null)
            }}
          >
            {mode === 'files' ? (
              <FilesPanel files={files} store={store} error={missing ? filesProblem(files.length, onTheWay) : null} />
            ) : (
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
            )}
          </TextsPanel>
          <TargetPanel
            workers={workers}
            workflows={workflows}
            target={target}
            onTarget={setTarget}
            name={name}
            onName={setName}
            ownName={givenName}
          />
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
          of={mode === 'files' ? 'file' : 'row'}
          failing={mode === 'files' ? refused : (read.preview?.unusableCount ?? 0)}
          times={times.find((one) => one.worker === (worker?.name ?? ''))}
          steps={steps}
          engine={engine}
          onEngine={setEngine}
          model={model}
          needsModel={needsModel}
          quotes={quotes}
          cap={
            <CapField
              text={capText}
              onText={setCapText}
              told={missing}
              asksWord={asksWord}
              unpriced={unpriced}
              onUnpriced={setUnpriced}
            />
          }
          capMicros={cap.micros}
          busy={busy}
          refusal={refusal}
          onTry={(first) => start({ first })}
          onAgain={() => start({ again: true, first: tried.current })}
        />
      </form>
    </div>
  )
}
