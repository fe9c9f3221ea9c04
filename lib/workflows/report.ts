// The combined report of a run in which each worker read the same text: one page that a person would send on.
import { wholeOf } from './report-choice.ts'
import { PART_SOURCES, Proof } from './report-contents.ts'
import { nothingFound, unreadable, whyMissing } from './report-missing.ts'
import {
  type Missing,
  NOT_REVIEWED,
  PART_TITLES,
  type PartName,
  type Report,
  REPORT_PARTS,
  type ReportPart,
  type StepMaking,
} from './report-shape.ts'
import type { RunDetail, RunStep } from './shapes.ts'

/** A part whose worker has no step in the run is not there at all; one without content says why. */
export function reportOf(run: RunDetail): Report {
  const parts = REPORT_PARTS.flatMap((name) => partOf(name, run))
  return {
    run: run.id,
    workflow: run.workflow,
    status: run.status,
    review: NOT_REVIEWED,
    ...wholeOf(parts, run.title),
    about: run.title,
    language: run.steps.find(({ info }) => info?.language)?.info?.language ?? null,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
    parts,
    making: run.steps.map(makingOf),
    tokens: run.tokens,
    costMicros: run.costMicros,
  }
}

function partOf(name: PartName, run: RunDetail): ReportPart[] {
  const step = run.steps.find(({ worker }) => worker === PART_SOURCES[name].worker)
  if (!step) return []
  const proof = new Proof(run.text)
  const { content, missing } = contentOf(name, step, run, proof)
  const part = {
    name,
    title: PART_TITLES[name],
    worker: step.worker,
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
  name: PartName,
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
