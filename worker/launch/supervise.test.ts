import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { supervise } from './supervise.ts'

const folder = mkdtempSync(join(tmpdir(), 'baton-supervise-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Notes each SIGTERM in its file and ends with the `ends`-th. */
function draining(name: string, ends: number) {
  const file = join(folder, name)
  const script = `
    const { appendFileSync } = require('node:fs')
    let signals = 0
    process.on('SIGTERM', () => {
      appendFileSync(${JSON.stringify(file)}, 'T')
      if (++signals === ${ends}) process.exit()
    })
    setInterval(() => undefined, 1000)
    appendFileSync(${JSON.stringify(file)}, 'ready ')`
  const said: string[] = []
  const program = { title: 'Test', args: ['--eval', script], env: process.env, showOutput: false }
  return { process: supervise(program, (line) => said.push(line)), noted: () => readFileSync(file, 'utf8'), said }
}

test('one that is hurried is asked a second time, so that it can hand back what it has not finished', async () => {
  const { process, noted, said } = draining('hurried', 2)
  await vi.waitFor(() => expect(noted()).toBe('ready '), { timeout: 10_000 })
  const stopped = process.stop(60_000)
  await vi.waitFor(() => expect(noted()).toBe('ready T'), { timeout: 10_000 })
  process.hurry()
  await stopped
  expect(noted()).toBe('ready TT')
  expect(said).toEqual([])
})

test('one that does not heed being hurried is killed', async () => {
  const { process, noted } = draining('deaf', 99)
  await vi.waitFor(() => expect(noted()).toBe('ready '), { timeout: 10_000 })
  const stopped = process.stop(60_000)
  process.hurry(200)
  await stopped
  expect(noted()).toMatch(/^ready T{0,2}$/)
})
