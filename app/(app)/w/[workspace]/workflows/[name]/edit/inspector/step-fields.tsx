'use client'

import { useState } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { kindOf } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { ApprovalFields } from './approval-fields.tsx'
import { BranchFields } from './branch-fields.tsx'
import { FailureField } from './failure-field.tsx'
import { ConditionFields, JoinFields, SubWorkflowFields, WaitFields, WebhookFields } from './kind-fields.tsx'
import { NeedsField } from './needs-field.tsx'
import { TextField } from './text-field.tsx'
import { ValidateFields } from './validate-fields.tsx'
import { EffortFields, MapFields, WorkerFields } from './work-fields.tsx'

/** Every field of a step, by its kind. */
export function StepFields() {
  const { step, index } = useStep()
  const kind = kindOf(step)
  return (
    <>
      <TextField at={['title']} label="Title" />
      <NameField key={index} />
      <NeedsField />
      <KindFields />
      {kind === 'condition' || kind === 'approval' ? <BranchFields /> : null}
      <FailureField />
      {kind === 'worker' || kind === 'map' ? <EffortFields /> : null}
    </>
  )
}

function KindFields() {
  switch (kindOf(useStep().step)) {
    case 'worker':
      return <WorkerFields />
    case 'map':
      return <MapFields />
    case 'join':
      return <JoinFields />
    case 'condition':
      return <ConditionFields />
    case 'validate':
      return <ValidateFields />
    case 'approval':
      return <ApprovalFields />
    case 'wait':
      return <WaitFields />
    case 'webhook':
      return <WebhookFields />
    case 'workflow':
      return <SubWorkflowFields />
    case null:
      return <p className="text-soft">Baton does not know this kind of step. Change it in the YAML view.</p>
  }
}

/** Taken over when it is left, with everything that means the step: half a name would mean others. */
function NameField() {
  const { edit } = useEditor()
  const { index, name, field } = useStep()
  const { id, error } = field(['name'])
  const [typed, setTyped] = useState<string | null>(null)
  const wrong =
    typed === null || NAME.test(typed) ? error : 'Use small letters, digits and hyphens, beginning with a letter.'
  function take() {
    if (typed !== null && typed !== name && NAME.test(typed)) edit({ do: 'rename', index, name: typed })
    if (typed === null || NAME.test(typed)) setTyped(null)
  }
  return (
    <Field id={id} label="Name" hint="Other steps and expressions mean it by this" error={wrong}>
      <Input
        className="mono"
        value={typed ?? name}
        spellCheck={false}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take()
          if (key === 'Escape') setTyped(null)
        }}
      />
    </Field>
  )
}

const NAME = /^[a-z][a-z0-9-]{0,59}$/
