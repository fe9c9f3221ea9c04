import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { claimFolder, leaveFolder } from './place.ts'

const folder = mkdtempSync(join(tmpdir(), 'baton-place-'))
const file = join(folder, 'running.json')
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(file, { force: true }))

test('a free folder, and one that a killed start left, becomes ours; nothing else stays behind', async () => {
  expect(await claimFolder(folder)).toBeNull()
  leaveFolder(folder)
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, folder: '/nowhere' }))
  expect(await claimFolder(folder)).toBeNull()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
  expect(readdirSync(folder)).toEqual(['running.json'])
})

test('of many starts at once over what a killed one left, one gets the folder and the others are told which', async () => {
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, folder: '/nowhere' }))
  const script = `
    import { claimFolder } from './worker/launch/place.ts'
    const running = await claimFolder(${JSON.stringify(folder)})
    console.log(running ? running.pid : 'mine')
    process.stdin.on('end', () => process.exit()).resume()`
  const starts = Array.from({ length: 6 }, () => {
    // Named as a start is, so that the others take it for one.
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, 'worker/start.ts'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { child, said: once(child.stdout, 'data').then(([line]) => String(line).trim()) }
  })
  const said = await Promise.all(starts.map((start) => start.said))
  const winner = starts[said.indexOf('mine')]?.child.pid
  expect(said.filter((line) => line === 'mine')).toHaveLength(1)
  expect(said.filter((line) => line !== 'mine')).toEqual(Array.from({ length: 5 }, () => String(winner)))
  expect(readdirSync(folder)).toEqual(['running.json'])
  for (const { child } of starts) child.stdin.end()
  await Promise.all(starts.map(({ child }) => once(child, 'exit')))
})
