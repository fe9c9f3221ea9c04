// Breaks things at random, from one seed: kills and freezes processes, stops Postgres, cuts connections, spoils the model.
import type { Step } from '../model-completion.ts'
import type { Stack } from '../stack.ts'

export type FaultKind =
  | 'kill worker'
  | 'freeze worker'
  | 'replace worker'
  | 'kill web'
  | 'stop postgres'
  | 'kill postgres'
  | 'terminate backends'
  | 'cut connections'
  | 'spoil model'

const WEIGHTS: Record<FaultKind, number> = {
  'kill worker': 30,
  'freeze worker': 10,
  'replace worker': 10,
  'kill web': 10,
  'stop postgres': 10,
  'kill postgres': 3,
  'terminate backends': 10,
  'cut connections': 10,
  'spoil model': 10,
}

export const FAULT_KINDS = Object.keys(WEIGHTS) as FaultKind[]

const SPOILED: Step[] = [
  { status: 500 },
  { cut: 'in_body' },
  { malformed: 'broken_json' },
  { status: 429, headers: { 'retry-after': '1' } },
  { malformed: 'not_json' },
]

export type Nemesis = {
  /** How often each kind struck. */
  struck: Map<FaultKind, number>
  kills: number
  /** Resolves when the time is up and everything is healed. */
  finished: Promise<void>
}

export type NemesisOptions = {
  stack: Stack
  random: () => number
  durationMs: number
  /** Divides the lengths of freezes and outages; 1 = as the fault battery writes them. */
  scale: number
  log: (line: string) => void
}

export function startNemesis(options: NemesisOptions): Nemesis {
  const nemesis: Nemesis = { struck: new Map(), kills: 0, finished: Promise.resolve() }
  nemesis.finished = torment(options, nemesis)
  return nemesis
}

async function torment(options: NemesisOptions, nemesis: Nemesis): Promise<void> {
  const { random, durationMs, log } = options
  const end = Date.now() + durationMs
  // Every kind strikes once in a shuffled order before chance takes over, so that a run says something about each.
  const due = shuffled(FAULT_KINDS, random)
  while (Date.now() < end) {
    const kind = due.pop() ?? pick(random)
    log(`fault: ${kind}`)
    await strike(kind, options, nemesis)
    nemesis.struck.set(kind, (nemesis.struck.get(kind) ?? 0) + 1)
    await pause((1 + random() * 4) * 1000 * (options.scale > 1 ? 0.5 : 1))
  }
  await heal(options)
}

async function strike(kind: FaultKind, options: NemesisOptions, nemesis: Nemesis): Promise<void> {
  const { stack, random, scale } = options
  const index = Math.floor(random() * stack.workers.length)
  switch (kind) {
    case 'kill worker':
      nemesis.kills += 1
      await stack.killWorker(index, 'SIGKILL')
      await stack.startWorker(index)
      return
    case 'freeze worker':
      stack.signalWorker(index, 'SIGSTOP')
      await pause(20_000 / scale)
      stack.signalWorker(index, 'SIGCONT')
      return
    case 'replace worker':
      await stack.killWorker(index, 'SIGTERM')
      await stack.startWorker(index)
      return
    case 'kill web':
      nemesis.kills += 1
      await stack.killWeb()
      await stack.startWeb()
      return
    case 'stop postgres':
      nemesis.kills += 1
      await stack.stopPostgres('immediate')
      await pause((random() * 3_000) / Math.min(scale, 2))
      await stack.startPostgres()
      return
    case 'kill postgres':
      nemesis.kills += 1
      await stack.stopPostgres('kill')
      await stack.startPostgres()
      return
    case 'terminate backends':
      await stack.terminateBackends(0.5)
      return
    case 'cut connections':
      stack.proxy.cut()
      return
    case 'spoil model':
      stack.scriptModel(...SPOILED.map((step) => ({ ...step, times: 1 + Math.floor(random() * 3) })))
      return
  }
}

async function heal({ stack }: NemesisOptions): Promise<void> {
  stack.proxy.resume()
  for (const [index] of stack.workers.entries()) stack.signalWorker(index, 'SIGCONT')
  await stack.ready(60_000)
}

function pick(random: () => number): FaultKind {
  const kinds = Object.entries(WEIGHTS) as [FaultKind, number][]
  let ticket = random() * kinds.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [kind, weight] of kinds) {
    ticket -= weight
    if (ticket <= 0) return kind
  }
  return 'kill worker'
}

function shuffled<Item>(items: Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
