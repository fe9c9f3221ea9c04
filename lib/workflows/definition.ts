// What a workflow is: steps that name the steps they need. A definition that passes here can be carried out.
import { z } from 'zod'
import { WORKER_NAMES } from '#lib/workers/registry.ts'

/** Beyond this a picture of it helps nobody; a longer list of texts is a batch. */
const MAX_STEPS = 100

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens, beginning with a letter.')

const step = z.strictObject({
  name,
  title: z.string().trim().min(1).max(80),
  worker: z.string().refine((value) => WORKER_NAMES.includes(value), 'There is no worker of this name.'),
  /** Steps that must have ended before. */
  needs: z.array(name).max(MAX_STEPS),
  /** `fail`: the run cannot succeed without it. `continue`: what needs it goes on without its output. */
  onFailure: z.enum(['fail', 'continue']),
})
export type StepDefinition = z.output<typeof step>

export const workflowDefinition = z
  .strictObject({
    name,
    title: z.string().trim().min(1).max(80),
    summary: z.string().trim().min(1).max(200),
    steps: z.array(step).min(1).max(MAX_STEPS),
  })
  .superRefine(({ steps }, checked) => {
    const names = steps.map((one) => one.name)
    steps.forEach((one, index) => {
      if (names.indexOf(one.name) < index)
        checked.addIssue({ code: 'custom', path: ['steps', index, 'name'], message: 'Another step has this name.' })
      for (const need of one.needs.filter((candidate) => !names.includes(candidate)))
        checked.addIssue({
          code: 'custom',
          path: ['steps', index, 'needs'],
          message: `There is no step named "${need}".`,
        })
    })
    for (const stuck of inCycles(steps))
      checked.addIssue({
        code: 'custom',
        path: ['steps', names.indexOf(stuck), 'needs'],
        message: `"${stuck}" waits for itself, directly or through other steps.`,
      })
  })
export type WorkflowDefinition = z.output<typeof workflowDefinition>

/** Steps that could never start, because in the end they need themselves. */
function inCycles(steps: readonly Pick<StepDefinition, 'name' | 'needs'>[]): string[] {
  const names = new Set(steps.map((one) => one.name))
  let left = steps.map((one) => ({ name: one.name, needs: one.needs.filter((need) => names.has(need)) }))
  for (let size = -1; size !== left.length;) {
    size = left.length
    const waiting = new Set(left.map((one) => one.name))
    left = left.filter((one) => one.needs.some((need) => waiting.has(need)))
  }
  return left.map((one) => one.name)
}
