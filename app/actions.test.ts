// F56 for server actions: each is a public POST endpoint, so each has to pass the gate of app/_server/action.ts.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const GATES = ['defineAction', 'defineWorkspaceAction', 'definePublicAction']
/** The only ones for people without a session. */
const PUBLIC = ['signIn', 'signUp', 'setNewPassword']

const files = globSync('app/**/*.{ts,tsx}').map((path) => ({ path, source: readFileSync(path, 'utf8') }))

test('every server action is made by one of the gates, and only three are for everybody', () => {
  const actions = files.filter(({ source }) => source.startsWith("'use server'"))
  const made = actions.flatMap(({ path, source }) =>
    [...source.matchAll(/^export (?!type )(.*)$/gm)].map(([, line = '']) => {
      const [, name, gate] = /^const (\w+) = (\w+)\(/.exec(line) ?? []
      return { path, name, gate, line }
    }),
  )
  expect(made.length).toBeGreaterThan(5)
  expect(made.filter(({ gate }) => !gate || !GATES.includes(gate))).toEqual([])
  expect(made.filter(({ gate }) => gate === 'definePublicAction').map(({ name }) => name)).toEqual(PUBLIC)
})

test('no action hides inside another file', () => {
  const hidden = files.filter(
    ({ source }) => /^.+['"]use server['"]/m.test(source) && !source.startsWith("'use server'"),
  )
  expect(hidden.map(({ path }) => path).filter((path) => !path.endsWith('.test.ts'))).toEqual([])
})
