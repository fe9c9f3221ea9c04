'use client'

import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { Field } from '#app/_ui/field.tsx'
import { formatInstant } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { Select } from '#app/_ui/select.tsx'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunPage } from '#lib/workflows/shapes.ts'
import type { StepPins } from '#lib/workflows/stored/shapes.ts'
import type { TestedStep } from './pins.ts'

/** Who only edits needs neither its form nor its results. */
const StepTestForm = dynamic(async () => (await import('./step-test-form.tsx')).StepTestForm, {
  loading: () => <Skeleton className="h-40 w-full rounded-md" />,
})

type Props = {
  /** Its name. */
  workflow: string
  steps: readonly TestedStep[]
  /** The one that is offered first; null for the first of all. */
  selected?: string | null
  /** Why nothing can be tried now, as while the draft is being saved; null when it can. */
  whyNot: string | null
  size?: 'sm' | 'md'
}

/** A button that tries one step of the saved draft. */
export function StepTest({ workflow, steps, selected = null, whyNot, size = 'md' }: Props) {
  const workspace = useWorkspace()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const step = steps.find(({ name }) => name === (chosen ?? selected)) ?? steps[0]
  return (
    <>
      <Button
        size={size}
        icon={<FlaskConical aria-hidden />}
        disabledReason={
          workspace.whyNot('task.submit') ?? (step ? whyNot : 'There is no step yet. Add one, then try it.')
        }
        onClick={() => {
          setChosen(null)
          setOpen(true)
        }}
      >
        Test step
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        wide
        title={step ? `Test “${step.title}”` : 'Test a step'}
        description="One step of the draft alone, as it is saved. Published versions and their runs are not touched."
      >
        {step ? <Choices workflow={workflow} steps={steps} step={step} onStep={setChosen} /> : null}
      </Dialog>
    </>
  )
}

type ChoicesProps = Pick<Props, 'workflow' | 'steps'> & { step: TestedStep; onStep: (name: string) => void }

function Choices({ workflow, steps, step, onStep }: ChoicesProps) {
  const { id, api } = useWorkspace()
  const [run, setRun] = useState('')
  const runs = useQuery({
    queryKey: [...queryKeys.runs(id), 'of', workflow],
    queryFn: ({ signal }) => fetchJson<RunPage>(`${api}/runs?workflow=${workflow}&limit=20`, signal),
  })
  const pins = useQuery({
    queryKey: [...queryKeys.runs(id), 'pins', workflow, step.name, run],
    queryFn: ({ signal }) =>
      fetchJson<StepPins>(`${api}/workflows/${workflow}/steps/${step.name}/test${run ? `?run=${run}` : ''}`, signal),
    staleTime: Infinity,
    gcTime: 0,
  })
  return (
    <div className="grid gap-4 min-w-0">
      <div className="grid sm:grid-cols-2 gap-3">
        <Field label="Step">
          <Select
            value={step.name}
            onChange={({ target }) => onStep(target.value)}
            choices={steps.map(({ name, title }) => ({ value: name, label: title }))}
          />
        </Field>
        <Field label="Text and earlier outputs from">
          <Select
            value={run}
            onChange={({ target }) => setRun(target.value)}
            choices={[
              { value: '', label: 'A sample' },
              ...(runs.data?.items ?? []).map(({ id: value, title, createdAt }) => ({
                value,
                label: `${title}, ${formatInstant(createdAt).replace(/:\d\d\.\d+$/, '')}`,
              })),
            ]}
          />
        </Field>
      </div>
      {pins.error ? (
        <ErrorState
          title="The step could not be read"
          actions={
            <Button size="sm" onClick={() => void pins.refetch()}>
              Try again
            </Button>
          }
        >
          {pins.error.message}
        </ErrorState>
      ) : pins.data === undefined ? (
        <SkeletonPage label="Reading the step">
          <Skeleton className="h-40 w-full rounded-md" />
        </SkeletonPage>
      ) : pins.data.issues.length > 0 ? (
        <Note tone="failed" title="Correct the step first">
          {pins.data.issues.slice(0, 3).map(({ path, message }) => (
            <p key={`${path} ${message}`}>
              <span className="mono">{path}</span>: {message}
            </p>
          ))}
        </Note>
      ) : (
        <StepTestForm key={`${step.name} ${run}`} workflow={workflow} step={step} pins={pins.data} />
      )}
    </div>
  )
}
