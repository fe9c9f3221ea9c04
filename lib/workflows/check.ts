// Whether a definition means something: paths that lead somewhere, conditions that can be told, options that its workers
// know. What passes here starts; only what depends on the text itself can still fail.
import { z } from 'zod'
import { env } from '#lib/env.ts'
import type { FieldIssue } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { readAllowList } from '#lib/outbound/address.ts'
import { readTarget } from '#lib/outbound/target.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { conditionProblem } from './conditions.ts'
import {
  type Check,
  type PinnedDefinition,
  type StepDefinition,
  workflowDefinition,
  type WorkStep,
} from './definition.ts'
import { sourceOf } from './mapping.ts'
import { scopesOf } from './outputs.ts'
import { type Find, pinUses } from './uses.ts'
import { isList, isTextual, resolvePath, type Scope, typeOf } from './paths.ts'

export type Checked = { definition: PinnedDefinition; issues: [] } | { definition: null; issues: FieldIssue[] }

/** `find` looks up the workflows that it uses. */
export async function checkDefinition(value: unknown, find: Find): Promise<Checked> {
  const parsed = workflowDefinition.safeParse(value)
  if (!parsed.success) return { definition: null, issues: fieldIssues(parsed.error) }
  const { definition, issues: unknown } = await pinUses(parsed.data, find)
  const issues = [...unknown, ...(await meaningIssues(definition))]
  return issues.length > 0 ? { definition: null, issues } : { definition, issues: [] }
}

async function meaningIssues(definition: PinnedDefinition): Promise<FieldIssue[]> {
  const scopes = scopesOf(definition)
  const issues: FieldIssue[] = []
  for (const [index, step] of definition.steps.entries()) {
    let known: Scope | undefined
    const found = await stepIssues(step, () => (known ??= scopes(step.name)))
    issues.push(...found.map(({ path, message }) => ({ path: `steps.${index}.${path}`, message })))
  }
  return issues
}

async function stepIssues(step: StepDefinition, scope: () => Scope): Promise<FieldIssue[]> {
  switch (step.kind) {
    case 'worker':
      return [...textIssues('text', step.text, scope), ...optionIssues(step, scope)]
    case 'map':
      return [
        ...(step.over === 'chunks' || step.over === 'pages' ? [] : listIssues('over', step.over, scope)),
        ...optionIssues(step, scope),
      ]
    case 'join':
      return textIssues('from', step.from, scope, step.as === 'list')
    case 'condition': {
      const problem = await conditionProblem(step.if, scope())
      return problem === null ? [] : [{ path: 'if', message: problem }]
    }
    case 'validate':
      return step.checks.flatMap((check, index) =>
        checkIssues(check, scope).map(({ path, message }) => ({ path: `checks.${index}.${path}`, message })),
      )
    case 'approval':
      return [
        ...step.show.flatMap((path, index) => pathIssues(`show.${index}`, path, scope)),
        ...step.fields.flatMap(({ kind, choices }, index) =>
          kind === 'choice' && (choices ?? []).length < 2
            ? [{ path: `fields.${index}.choices`, message: 'Give at least two choices.' }]
            : [],
        ),
      ]
    case 'workflow':
      return textIssues('text', step.text, scope)
    case 'webhook': {
      const target = readTarget(step.url, readAllowList(env().BATON_OUTBOUND_ALLOW))
      const issues = 'problem' in target ? [{ path: 'url', message: target.problem }] : []
      return [...issues, ...pathIssues('body', step.body, scope)]
    }
    case 'wait':
      return []
  }
}

/** Most steps read the run's own text, for which nothing needs to be looked up. */
const PLAIN = new Set(['input.text', 'input.title'])

function pathIssues(at: string, path: string, scope: () => Scope): FieldIssue[] {
  if (PLAIN.has(path)) return []
  const found = resolvePath(scope(), path)
  return 'problem' in found ? [{ path: at, message: found.problem }] : []
}

function textIssues(at: string, path: string, scope: () => Scope, anything = false): FieldIssue[] {
  if (PLAIN.has(path)) return []
  const found = resolvePath(scope(), path)
  if ('problem' in found) return [{ path: at, message: found.problem }]
  if (anything || isTextual(found.schema)) return []
  return [{ path: at, message: `"${path}" is a ${typeOf(found.schema)}, and a text is wanted here.` }]
}

function listIssues(at: string, path: string, scope: () => Scope): FieldIssue[] {
  const found = PLAIN.has(path) ? { schema: { type: 'string' } } : resolvePath(scope(), path)
  if ('problem' in found) return [{ path: at, message: found.problem }]
  if (isList(found.schema) && isTextual(found.schema)) return []
  return [{ path: at, message: `"${path}" is a ${typeOf(found.schema)}, and a list of texts is wanted here.` }]
}

function optionIssues(step: WorkStep, scope: () => Scope): FieldIssue[] {
  const sources = Object.entries(step.options).flatMap(([name, value]) => {
    const path = sourceOf(value)
    return path === null ? [] : [{ name, path }]
  })
  const fixed = Object.entries(step.options).filter(([, value]) => sourceOf(value) === null)
  const mapped = new Set(sources.map(({ name }) => name))
  const checked = workerNamed(step.worker).input.safeParse({ text: 'text', ...Object.fromEntries(fixed) })
  const issues = checked.success
    ? []
    : fieldIssues(checked.error, ['options']).filter(({ path }) => !mapped.has(path.split('.')[1] ?? ''))
  return [...issues, ...sources.flatMap(({ name, path }) => pathIssues(`options.${name}`, path, scope))]
}

function checkIssues(check: Check, scope: () => Scope): FieldIssue[] {
  if (check.check === 'quotes_exist') return pathIssues('of', check.of, scope)
  if (check.check === 'schema') return [...pathIssues('of', check.of, scope), ...schemaIssues(check.schema)]
  const issues = textIssues('of', check.of, scope)
  if (check.check === 'numbers_preserved') issues.push(...textIssues('from', check.from, scope))
  if (check.check === 'length' && (check.min ?? 0) > (check.max ?? Infinity))
    issues.push({ path: 'max', message: 'The most is less than the least.' })
  if (check.check === 'length' && check.min === undefined && check.max === undefined)
    issues.push({ path: 'max', message: 'Give the least, the most, or both.' })
  return issues
}

function schemaIssues(schema: Record<string, unknown>): FieldIssue[] {
  try {
    z.fromJSONSchema(schema)
    return []
  } catch (error) {
    return [{ path: 'schema', message: `This is not a JSON Schema that can be used: ${String(error)}` }]
  }
}
