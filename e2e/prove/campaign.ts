// The random run: clients submit while everything breaks, then all is healed, drained and checked.
import type { JournalEntry } from '../model-server.ts'
import { startStack, until } from '../stack.ts'
import { check, type Evidence, type Finding, type JournalCall, timeline } from './checker.ts'
import { attempt, newOperation, type Operation, seeded, settle } from './history.ts'
import { FAULT_KINDS, type FaultKind, startNemesis } from './nemesis.ts'

export type Profile = { tasks: number; calmMs: number; faultsMs: number; drainMs: number; scale: number }

export type CampaignReport = {
  findings: Finding[]
  /** Why the run says nothing, if it was too gentle: no kill, no repeated attempt, a fault that never struck. */
  vacuous: string[]
  /** Milliseconds from the last healing to the first task that ended after it. */
  recoveredMs: number | null
  struck: Map<FaultKind, number>
  kills: number
  accepted: number
  repeated: number
  /** Runs while the database is still there. */
  inspect: <Result>(work: (evidence: Evidence) => Promise<Result>) => Promise<Result>
  close: () => Promise<void>
}

export async function runCampaign(
  folder: string,
  seed: number,
  profile: Profile,
  log: (line: string) => void,
): Promise<CampaignReport> {
  const random = seeded(seed)
  const settings = { BATON_TIME_SCALE: String(Math.min(profile.scale, 5)) }
  const stack = await startStack({ folder, workers: 3, modelDelayMs: 150, settings })
  const client = await stack.client('Campaign')
  await stack.client('Neighbour')
  const history: Operation[] = []
  const lastTry = Date.now() + profile.calmMs + profile.faultsMs + 60_000
  const open: Promise<void>[] = []
  const spacing = (profile.calmMs + profile.faultsMs) / profile.tasks
  const load = (async () => {
    for (let sent = 0; sent < profile.tasks; sent += 1) {
      const operation = newOperation(random)
      history.push(operation)
      open.push(settle(client, operation, lastTry).then(() => sometimesRepeat(operation)))
      await new Promise((resolve) => setTimeout(resolve, spacing * (0.5 + random())))
    }
  })()
  const sometimesRepeat = async (operation: Operation) => {
    if (random() < 0.2) await attempt(client, operation)
  }

  await new Promise((resolve) => setTimeout(resolve, profile.calmMs))
  const nemesis = startNemesis({ stack, random, durationMs: profile.faultsMs, scale: profile.scale, log })
  await Promise.all([load, nemesis.finished])
  const healedAt = Date.now()
  stack.model.script()
  await Promise.all(open)
  await until(
    async () => {
      const { rows } = await stack
        .admin()
        .query(`select from tasks where status not in ('completed', 'failed', 'cancelled') limit 1`)
      return rows.length === 0
    },
    profile.drainMs,
    'every task to end',
  ).catch((error: unknown) => log(String(error)))

  const evidence: Evidence = {
    pool: stack.admin(),
    workspaceId: client.workspaceId,
    history,
    journal: stack.model.calls.filter(({ body }) => body !== null).map(journalCall),
  }
  const findings = await check(evidence)
  for (const { offenders } of findings.filter((finding) => finding.offenders.length > 0))
    for (const offender of offenders.slice(0, 2)) {
      const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(offender)?.[0]
      if (id) log(`timeline of ${id}\n${await timeline(evidence.pool, id)}`)
    }
  const { rows } = await evidence.pool.query<{ repeated: number; tasks: number; first: Date | null }>(
    `select count(*) filter (where epoch > 1)::int as repeated, count(*)::int as tasks,
            min(finished_at) filter (where finished_at > $2) as first
       from tasks where workspace_id = $1`,
    [client.workspaceId, new Date(healedAt)],
  )
  const facts = rows[0] ?? { repeated: 0, tasks: 0, first: null }
  const vacuous = [
    ...FAULT_KINDS.filter((kind) => !nemesis.struck.has(kind)).map((kind) => `"${kind}" never struck`),
    ...(nemesis.kills < 3 ? [`only ${nemesis.kills} kills`] : []),
    ...(facts.repeated < facts.tasks * 0.05
      ? [`only ${facts.repeated} of ${facts.tasks} tasks ran more than once`]
      : []),
    ...(history.every(({ unanswered, replies }) => unanswered === 0 && replies.every((r) => r.status < 500))
      ? ['no client ever missed an answer']
      : []),
  ]
  return {
    findings,
    vacuous,
    recoveredMs: facts.first ? Math.max(0, facts.first.getTime() - healedAt) : null,
    struck: nemesis.struck,
    kills: nemesis.kills,
    accepted: history.filter(({ outcome }) => outcome === 'ok').length,
    repeated: facts.repeated,
    inspect: (work) => work(evidence),
    close: () => stack.close(),
  }
}

function journalCall({ clientRequestId, status, usage, delivered }: JournalEntry): JournalCall {
  const tokens = (name: string): number => Number(usage?.[name] ?? 0)
  return {
    callId: clientRequestId ?? null,
    answered: delivered && status === 200,
    inputTokens: tokens('prompt_tokens'),
    outputTokens: tokens('completion_tokens'),
  }
}
