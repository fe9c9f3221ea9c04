// The combined report of a run in which each worker read the same text: one page that a person would send on.
import { wholeOf } from './choice.ts'
import { type Findings, partSteps } from './findings.ts'
import { PART_SOURCES, Proof, type WorkedPart } from './contents.ts'
import { decisionsOf, reviewOf } from './decisions.ts'
import { nothingFound, unreadable, whyMissing } from './missing.ts'
import { type Missing, PART_TITLES, type Report, REPORT_PARTS, type ReportPart, type StepMaking } from './shape.ts'
import type { RunDetail, RunStep } from '../shapes.ts'

/** A part whose worker has no step in the run is not there at all; one without content says why. */
export function reportOf(run: RunDetail, findings: readonly Findings[] = []): Report {
  const parts = REPORT_PARTS.flatMap((name) => {
    if (name === 'decisions') return decisionsPart(run)
    return name === 'findings' ? findingsParts(run, findings) : partOf(name, run)
  })
  return {
    run: run.id,
    workflow: run.workflow,
    status: run.status,
    review: reviewOf(run.steps),
    ...wholeOf(parts, run.title),
    about: run.title,
    language: run.steps.find(({ info }) => info?.language)?.info?.language ?? null,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
    parts,
    making: run.steps.filter(({ worker }) => worker !== null).map(makingOf),
    tokens: run.tokens,
    costMicros: run.costMicros,
  }
}

/** What steps without a worker came to, as far as they have ended. */
function decisionsPart(run: RunDetail): ReportPart[] {
  const content = decisionsOf(run.steps)
  if (content === null) return []
  const missing: Missing = { kind: 'not_yet', message: 'Not yet: nothing has been decided or checked.', more: null }
  return [
    {
      name: 'decisions',
      title: PART_TITLES.decisions,
      worker: '',
      workerTitle: '',
      taskId: null,
      content: content.length > 0 ? content : null,
      missing: content.length > 0 ? null : missing,
      leftOut: 0,
      quotes: { found: 0, missing: 0 },
    },
  ]
}

/** What was found part by part, as far as it has got. */
function findingsParts(run: RunDetail, findings: readonly Findings[]): ReportPart[] {
  return partSteps(run).flatMap((step): ReportPart[] => {
    const found = findings.find((one) => one.step === step.name)
    const missing = found ? null : whyMissing(step, run.steps)
    if (step.status === 'skipped' && run.status === 'completed') return []
    return [
      {
        name: 'findings',
        title: PART_TITLES.findings,
        worker: step.worker ?? '',
        workerTitle: step.title,
        taskId: null,
        content: found ? found.parts : null,
        missing: found ? null : (missing ?? nothingFound('The text has no part.', 0)),
        leftOut: found?.proof.leftOut ?? 0,
        quotes: found?.proof.quotes ?? { found: 0, missing: 0 },
      },
    ]
  })
}

/** Of several steps with the worker, one that has a result; what lies on a branch that was not taken is not missed. */
function sourceStep(name: WorkedPart, { steps, status }: RunDetail): RunStep | undefined {
  const all = steps.filter(({ kind, worker }) => kind === 'worker' && worker === PART_SOURCES[name].worker)
  const made = all.filter((step) => step.status === 'completed')
  const open = all.filter((step) => step.status !== 'skipped' || status === 'failed' || status === 'cancelled')
  return made.findLast(({ reads }) => reads === 'input.text') ?? made.at(-1) ?? open[0]
}

function partOf(name: WorkedPart, run: RunDetail): ReportPart[] {
  const step = sourceStep(name, run)
  if (!step) return []
  const proof = new Proof(step.reads === 'input.text' ? run.text : null)
  const { content, missing } = contentOf(name, step, run, proof)
  const part = {
    name,
    title: PART_TITLES[name],
    worker: PART_SOURCES[name].worker,
    workerTitle: step.title,
    taskId: step.taskId,
    content,
    missing,
    leftOut: proof.leftOut,
    quotes: proof.quotes,
  }
  // The name decides the kind of content, which the compiler cannot follow through the table of sources.
  return [part as ReportPart]
}

function contentOf(
  name: WorkedPart,
  step: RunStep,
  run: RunDetail,
  proof: Proof,
): { content: ReportPart['content']; missing: Missing | null } {
  const { read, nothing } = PART_SOURCES[name]
  const why = whyMissing(step, run.steps)
  if (why) return { content: null, missing: why }
  const content = read(step.result, proof)
  if (content === null) return { content, missing: unreadable(step) }
  if (Array.isArray(content) && content.length === 0)
    return { content: null, missing: nothingFound(nothing, proof.leftOut) }
  return { content, missing: null }
}

function makingOf(step: RunStep): StepMaking {
  return {
    step: step.name,
    title: step.title,
    taskId: step.taskId,
    status: step.status,
    reason: step.reason,
    waitedMs: step.waitedMs,
    workedMs: step.workedMs,
    engine: step.status === 'completed' ? (step.info?.engine ?? null) : null,
    method: step.info?.method ?? null,
    limits: step.info?.limits ?? [],
    tokens: step.tokens,
    costMicros: step.costMicros,
  }
}
