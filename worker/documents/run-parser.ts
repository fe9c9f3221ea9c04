// Opens a file in a process of its own, within time, memory and length: whatever the file does, this process lives and
// the file gets a result or a named reason.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { ParsedText } from '#lib/documents/parse.ts'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import { MAX_DOCUMENT_TEXT, type RejectionReason } from '#lib/documents/states.ts'
import type { Line } from './child.ts'

export type Parsed =
  | { kind: 'text'; text: ParsedText }
  | { kind: 'refused'; reason: RejectionReason; mediaType?: string; metadata?: DocumentMetadata }
  /** The process ended by itself or was killed by somebody: worth another try. */
  | { kind: 'broke'; why: string }

export type ParserLimits = { timeMs?: number; heapMb?: number; residentMb?: number }

const ROOT = join(import.meta.dirname, '../..')
const CHILD = join(import.meta.dirname, 'child.ts')
const READABLE = ['node_modules', 'lib', 'worker/documents', 'package.json'].map((path) => join(ROOT, path))
/** A character is at most six in JSON. */
const MAX_OUTPUT_BYTES = 6 * MAX_DOCUMENT_TEXT + 1_000_000
const LOOK_MS = 50
/** The child's own end, should this process be gone. */
const ORPHAN_MS = 5_000

/** @throws the signal's reason, or what `bytes` throws */
export async function runParser(
  bytes: AsyncIterable<Uint8Array>,
  { extension, signal, ...limits }: { extension: string; signal: AbortSignal } & ParserLimits,
): Promise<Parsed> {
  signal.throwIfAborted()
  const { timeMs = 30_000, heapMb = 256, residentMb = 512 } = limits
  const child = spawn(process.execPath, [...flags(heapMb), CHILD, extension, String(timeMs + ORPHAN_MS)], {
    cwd: ROOT,
    env: {} as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stopped: RejectionReason | null = null
  const stop = (reason: RejectionReason) => {
    stopped ??= reason
    child.kill('SIGKILL')
  }
  const abort = () => child.kill('SIGKILL')
  signal.addEventListener('abort', abort, { once: true })
  const timer = setTimeout(() => stop('parser_time'), timeMs)
  const watch = setInterval(() => {
    void residentBytes(child).then((resident) =>
      resident > residentMb * 1_000_000 ? stop('parser_memory') : undefined,
    )
  }, LOOK_MS)
  const [output, complaint] = [readLines(child, () => stop('too_much_text')), readComplaint(child)]
  try {
    const ended = endOf(child)
    const fed = feed(child, bytes)
    const how = await ended
    await fed
    signal.throwIfAborted()
    if (stopped) return { kind: 'refused', reason: stopped }
    return (await output) ?? brokenOff(how, await complaint)
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    signal.removeEventListener('abort', abort)
    child.kill('SIGKILL')
  }
}

function flags(heapMb: number): string[] {
  return [
    `--max-old-space-size=${heapMb}`,
    '--disallow-code-generation-from-strings',
    '--disable-warning=SecurityWarning',
    // Reads its own code and nothing else, writes nothing, starts nothing but the thread that watches it.
    '--permission',
    '--allow-worker',
    ...READABLE.map((path) => `--allow-fs-read=${path}`),
  ]
}

/** A process that ended before it had read all of it has said why, or is looked at otherwise. */
async function feed({ stdin }: ChildProcess, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  if (!stdin) return
  let failure: unknown
  const watched = async function* () {
    try {
      yield* bytes
    } catch (error) {
      failure = error
      throw error
    }
  }
  await pipeline(watched, stdin).catch(() => undefined)
  if (failure !== undefined) throw failure
}

async function readLines({ stdout }: ChildProcess, onTooMuch: () => void): Promise<Parsed | null> {
  if (!stdout) return null
  let length = 0
  stdout.on('data', (part: Buffer) => {
    length += part.length
    if (length > MAX_OUTPUT_BYTES) onTooMuch()
  })
  const pages: string[] = []
  for await (const written of createInterface({ input: stdout })) {
    const line = parsed(written)
    if (!line) return null
    if ('page' in line) pages.push(line.page)
    else if ('refused' in line) return { kind: 'refused', ...line.refused }
    else return { kind: 'text', text: { ...line.done, pages } }
  }
  return null
}

function parsed(written: string): Line | null {
  try {
    return JSON.parse(written) as Line
  } catch {
    return null
  }
}

async function readComplaint({ stderr }: ChildProcess): Promise<string> {
  let said = ''
  if (stderr) for await (const part of stderr) said = (said + String(part)).slice(-4_000)
  return said
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
}

function brokenOff(how: string, complaint: string): Parsed {
  if (/out of memory|allocation failed/i.test(complaint)) return { kind: 'refused', reason: 'parser_memory' }
  return { kind: 'broke', why: how }
}

/** 0 where the system does not tell; the heap's limit holds everywhere. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return 1_024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
}
