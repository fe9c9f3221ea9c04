// Runs for tests of what is made of them.
import type { ResultInfo } from '#lib/workers/define.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import type { RunDetail, RunStep } from './shapes.ts'

export const MODEL_INFO: ResultInfo = {
  engine: { kind: 'model', name: 'openai', version: '1', model: 'gpt-4.1-mini', endpointHost: 'api.openai.com' },
  method: 'Asked once.',
  language: 'en',
  limits: [],
  confidence: null,
  confidenceBasis: null,
  evidence: { found: 0, missing: 0 },
  replacedCharacters: 0,
}

/** A completed step with its worker's example as the result, unless told otherwise. */
export function stepOf(worker: string, over: Partial<RunStep> = {}): RunStep {
  const completed = (over.status ?? 'completed') === 'completed'
  return {
    name: worker,
    title: workerNamed(worker).title,
    kind: 'worker',
    worker,
    reads: 'input.text',
    needs: [],
    onFailure: 'fail',
    status: 'completed',
    reason: null,
    taskId: '019a0000-0000-7000-8000-000000000001',
    waitedMs: 200,
    workedMs: 1800,
    tokens: completed ? 900 : null,
    costMicros: completed ? 1200 : null,
    result: completed ? workerNamed(worker).example.output : null,
    partial: null,
    info: completed ? MODEL_INFO : null,
    error: null,
    startedAt: '2026-11-23T09:31:06.000Z',
    finishedAt: completed ? '2026-11-23T09:31:08.000Z' : null,
    waitsFor: null,
    whySkipped: null,
    skippedBy: null,
    wakeAt: null,
    branch: null,
    reused: false,
    childRunId: null,
    items: [],
    approval: null,
    ...over,
  }
}

export function runOf(text: string, steps: RunStep[], over: Partial<RunDetail> = {}): RunDetail {
  return {
    id: '019a0000-0000-7000-8000-0000000000aa',
    workflow: { name: 'complete-analysis', title: 'Complete analysis', version: null },
    trigger: null,
    parent: null,
    replay: null,
    plannedBy: null,
    status: 'completed',
    title: 'A letter',
    preview: text.slice(0, 200),
    priority: 'normal',
    tags: [],
    externalId: null,
    dueAt: null,
    notBefore: null,
    submittedBy: null,
    createdAt: '2026-11-23T09:31:06.000Z',
    finishedAt: '2026-11-23T09:31:11.500Z',
    text,
    document: null,
    steps,
    tokens: 900,
    costMicros: 1200,
    ...over,
  }
}

export function exampleText(worker: string): string {
  return (workerNamed(worker).example.input as { text: string }).text
}
