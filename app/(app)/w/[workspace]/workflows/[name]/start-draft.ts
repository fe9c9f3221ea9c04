// What the form of a run holds, as a request, and what it can tell before it is sent. Pure.
import type { FieldIssue } from '#lib/errors.ts'
import type { StepDefinition } from '#lib/workflows/definition.ts'
import type { StartRequest } from '#lib/workflows/requests.ts'
import type { CatalogueWorker } from '../../tasks/new/catalogue.ts'
import { type Draft, type GivenText, orderOf, textOf } from '../../tasks/new/draft.ts'
import { labelOf, type Problem, problemsOf } from '../../tasks/new/problems.ts'

type Step = Pick<StepDefinition, 'name' | 'title'> & { catalogue: CatalogueWorker }

/** The draft's options are kept by step. */
export function startRequestOf(draft: Draft, workflow: string, given: GivenText | null = null): StartRequest {
  const options = Object.fromEntries(
    Object.entries(draft.options).filter(([, values]) => Object.keys(values).length > 0),
  )
  return {
    workflow,
    input: { text: textOf(draft, given) },
    ...orderOf(draft),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  }
}

/** `field` is `text`, `title`, `dueAt` and the like, or `step.option-name`. */
export function startProblems(draft: Draft, steps: readonly Step[], now: number): Problem[] {
  const found = new Map<string, Problem>()
  for (const { name, title, catalogue } of steps)
    for (const problem of problemsOf(
      { ...draft, options: { [catalogue.name]: draft.options[name] ?? {} } },
      catalogue,
      now,
    )) {
      const isOption = problem.field.startsWith('option-')
      const field = isOption ? `${name}.${problem.field}` : problem.field
      found.set(field, { ...problem, field, label: isOption ? `${title}: ${problem.label}` : problem.label })
    }
  return [...found.values()]
}

/** An issue of the server, beside the field that it belongs to. */
export function startProblemOf({ path, message }: FieldIssue, steps: readonly Step[]): Problem {
  const [area = '', name = '', option] = path.replace(/^request\./, '').split('.')
  if (area === 'input') return { field: 'text', label: 'Text', message }
  const step = steps.find((one) => one.name === name)
  if (area !== 'options' || !step || option === undefined) return { field: area, label: area, message }
  const field = `option-${option}`
  return { field: `${name}.${field}`, label: `${step.title}: ${labelOf(field, step.catalogue)}`, message }
}
