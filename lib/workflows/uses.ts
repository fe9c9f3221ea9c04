// The workflows that a workflow runs as steps, found by name and kept with it: a later version of them changes no run.
import type { FieldIssue } from '#lib/errors.ts'
import type { PinnedDefinition, WorkflowDefinition } from './definition.ts'

export type Find = (name: string) => Promise<WorkflowDefinition | null>

/** How deep workflows may stand within each other. */
const MAX_DEPTH = 4

/** What could not be found or would run itself is an issue at the step that names it. */
export async function pinUses(
  definition: WorkflowDefinition,
  find: Find,
): Promise<{ definition: PinnedDefinition; issues: FieldIssue[] }> {
  const uses: Record<string, WorkflowDefinition> = {}
  const issues: FieldIssue[] = []
  const visit = async (within: WorkflowDefinition, chain: string[], at: string | null): Promise<void> => {
    for (const [index, step] of within.steps.entries()) {
      if (step.kind !== 'workflow') continue
      const path = at ?? `steps.${index}.workflow`
      const name = step.workflow
      const say = (message: string) => issues.push({ path, message })
      if (chain.includes(name)) say(`"${name}" would run itself, directly or through others.`)
      else if (chain.length >= MAX_DEPTH) say(`Workflows stand within each other at most ${MAX_DEPTH} deep.`)
      else {
        const found = uses[name] ?? (await find(name))
        if (found) {
          uses[name] = found
          await visit(found, [...chain, name], path)
        } else say(`There is no published workflow named "${name}".`)
      }
    }
  }
  await visit(definition, [definition.name], null)
  return { definition: Object.keys(uses).length > 0 ? { ...definition, uses } : definition, issues }
}
