// Conditions in CEL (Common Expression Language, https://cel.dev): checked against the outputs' schemas before anything
// runs, evaluated over the outputs without any other power.
import type { Environment } from '@marcbachmann/cel-js'
import type { JsonSchema } from '#lib/workers/evidence.ts'
import { inTime } from './in-time.ts'
import { isList, mayBeNull, propertiesOf, resolvePath, type Scope, withoutNull } from './paths.ts'

const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 }

/** What is wrong with the expression, in one sentence; null when it can be asked. */
export async function conditionProblem(expression: string, scope: Scope): Promise<string | null> {
  const environment = await openEnvironment()
  for (const [name, schema] of scope) environment.registerVariable({ name, schema: fieldsOf(schema) })
  let checked
  try {
    checked = environment.check(expression)
  } catch (error) {
    return firstLine(error)
  }
  if (!checked.valid) return explained(firstLine(checked.error), scope)
  if (checked.type !== 'bool' && checked.type !== 'dyn')
    return 'This does not come out as true or false. Compare something, such as summary.headline != "".'
  return enumProblem(environment.parse(expression).ast, scope)
}

/** Every word of it that could be the first of a path. */
export function rootsOf(expression: string): string[] {
  return [...new Set(expression.match(/[A-Za-z_]\w*/g) ?? [])]
}

/** @throws Error with a sentence for people when it comes to nothing, as with a step that was skipped. */
export async function evaluateCondition(expression: string, values: ReadonlyMap<string, unknown>): Promise<boolean> {
  const environment = await openEnvironment()
  const roots = rootsOf(expression).filter((root) => values.has(root))
  for (const root of roots) environment.registerVariable(root, 'dyn')
  let value: unknown
  try {
    const known = Object.fromEntries(roots.map((root) => [root, values.get(root)]))
    value = inTime(() => environment.evaluate(expression, known) as unknown)
  } catch (error) {
    throw new Error(`The condition could not be told: ${firstLine(error)}.`, { cause: error })
  }
  if (typeof value !== 'boolean') throw new Error('The condition came out as neither true nor false.')
  return value
}

/** Loaded with the first condition. CEL keeps whole numbers and others apart; people who write `score + 1` do not. */
async function openEnvironment(): Promise<Environment> {
  const cel = await import('@marcbachmann/cel-js')
  const environment = new cel.Environment({ limits: LIMITS })
  const apply: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  }
  for (const [sign, of] of Object.entries(apply)) {
    environment.registerOperator(`double ${sign} int`, (a: number, b: bigint) => of(a, Number(b)))
    environment.registerOperator(`int ${sign} double`, (a: bigint, b: number) => of(Number(a), b))
  }
  return environment
}

type Fields = { [name: string]: string | Fields }

function fieldsOf(schema: JsonSchema): Fields {
  return Object.fromEntries(
    Object.entries(propertiesOf(withoutNull(schema)) ?? {}).map(([name, child]) => [name, typeIn(child)]),
  )
}

const TYPES: Record<string, string> = { string: 'string', number: 'double', integer: 'double', boolean: 'bool' }

/** Values that may be null stay open: CEL compares a text with null only then. */
function typeIn(schema: JsonSchema): string | Fields {
  if (mayBeNull(schema)) return 'dyn'
  if (isList(schema)) {
    const item = TYPES[String(withoutNull((schema['items'] as JsonSchema | undefined) ?? {})['type'])]
    return item ? `list<${item}>` : 'list<dyn>'
  }
  if (propertiesOf(schema)) return fieldsOf(schema)
  return TYPES[String(schema['type'])] ?? 'dyn'
}

type Node = { op: string; args: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit)
  if (!isNode(value)) return
  visit(value)
  walk(value.args, visit)
}

/** A comparison with a word that the field never is. */
function enumProblem(ast: unknown, scope: Scope): string | null {
  let problem: string | null = null
  walk(ast, ({ op, args }) => {
    if (problem !== null || !Array.isArray(args) || !['==', '!=', 'in'].includes(op)) return
    for (const [side, other] of [
      [args[0], args[1]],
      [args[1], args[0]],
    ]) {
      const path = pathIn(side)
      const found = path === null ? null : resolvePath(scope, path)
      const choices =
        found && 'schema' in found ? (withoutNull(found.schema)['enum'] as string[] | undefined) : undefined
      const unknown = choices && wordsIn(other).find((word) => !choices.includes(word))
      if (unknown !== undefined)
        problem = `"${path}" is never ${JSON.stringify(unknown)}. It is one of: ${choices?.join(', ')}.`
    }
  })
  return problem
}

function pathIn(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.op === 'id' && typeof node.args === 'string') return node.args
  if (node.op !== '.' || !Array.isArray(node.args)) return null
  const within = pathIn(node.args[0])
  return within === null ? null : `${within}.${String(node.args[1])}`
}

function wordsIn(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : []
  return node.op === 'list' && Array.isArray(node.args) ? node.args.flatMap(wordsIn) : []
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

function explained(problem: string, scope: Scope): string {
  const [, name] = /^Unknown variable: (.+)$/.exec(problem) ?? []
  if (name === undefined) return `${problem}.`
  return `"${name}" is neither "input" nor a step before this one. Known here: ${[...scope.keys()].join(', ')}.`
}
