// What the workflows put out that a draft runs as steps: for completion in the editor.
import type { Ctx } from '#lib/context.ts'
import type { JsonSchema } from '#lib/workers/evidence.ts'
import { type Draft, kindOf, stepsOf, textOf } from '../draft/read.ts'
import { knownOutputs } from '../outputs.ts'
import { pinUses } from '../uses.ts'
import { findWorkflow } from './find.ts'

/** By their names; those that are not published are left out. The caller has checked who asks. */
export async function usedOutputs(
  ctx: Pick<Ctx, 'tx' | 'workspaceId'>,
  draft: Draft,
): Promise<Record<string, JsonSchema>> {
  const find = async (name: string) => (await findWorkflow(ctx, name))?.definition ?? null
  const names = new Set(
    stepsOf(draft).flatMap((step) => (kindOf(step) === 'workflow' ? [textOf(step, 'workflow')] : [])),
  )
  const found: Record<string, JsonSchema> = {}
  for (const name of names) {
    const used = await find(name)
    if (!used) continue
    const { definition } = await pinUses(used, find)
    const output = knownOutputs({ ...definition.uses, [name]: used }).workflow(name)
    if (output) found[name] = output
  }
  return found
}
