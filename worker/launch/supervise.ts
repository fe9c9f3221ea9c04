// Keeps a child process running: restarts it when it ends unasked, later each time it ends soon, and says why.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type Supervised = {
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it has ended. */
  stop: (graceMs: number) => Promise<void>
  /** While it stops: a second SIGTERM, which the worker takes for the end of patience; SIGKILL after `graceMs`. */
  hurry: (graceMs?: number) => void
}

export type Program = {
  title: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Whether what it prints to stdout is shown; stderr always is. */
  showOutput: boolean
  /** Told the process id at each start. */
  onStart?: (pid: number) => void
}

const SHORT_LIFE_MS = 60_000
export const PRELOAD = 'with-launcher.ts'
const preload = new URL(`${PRELOAD}?launcher=${process.pid}`, import.meta.url).href

export function supervise(program: Program, say: (line: string) => void): Supervised {
  let stopping = false
  let child: ChildProcess
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const start = () => {
    const startedAt = Date.now()
    let lastWords = ''
    // A process group of its own: the terminal's Ctrl-C is ours to pass on, in order.
    child = spawn(process.execPath, ['--import', preload, ...program.args], {
      env: program.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    if (child.pid !== undefined) program.onStart?.(child.pid)
    if (child.stdout) createInterface(child.stdout).on('line', (line) => program.showOutput && show(program, line))
    if (child.stderr)
      createInterface(child.stderr).on('line', (line) => {
        if (/^\w*(Error|Refus|A setting)|: .*error/i.test(line)) lastWords = line.trim()
        show(program, line)
      })
    child.on('error', (error) => (lastWords = error.message))
    child.on('close', (code, signal) => {
      if (stopping) return
      failures = Date.now() - startedAt > SHORT_LIFE_MS ? 1 : failures + 1
      const delayMs = restartDelayMs(failures)
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
      const words = lastWords && !signal ? ` (${lastWords.slice(0, 200)})` : ''
      say(`${program.title} ${how}${words}. Starting it again in ${delayMs / 1000} s.`)
      timer = setTimeout(start, delayMs)
    })
  }
  start()

  return {
    stop: async (graceMs) => {
      stopping = true
      clearTimeout(timer)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const kill = setTimeout(() => killGroup(child), graceMs)
      await ended
      clearTimeout(kill)
    },
    hurry: (graceMs = 8_000) => {
      child.kill('SIGTERM')
      setTimeout(() => killGroup(child), graceMs).unref()
    },
  }
}

/** 1 s after the first end, doubled for each that follows soon, at most 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(1000 * 2 ** (failures - 1), 30_000)
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It ended in between.
  }
}

function show({ title }: Program, line: string): void {
  if (line.trim()) console.log(`${title.toLowerCase().padEnd(7)} ${line}`)
}
