// A thread of the built-in engine: answers one question at a time, says so, waits for the next.
import { parentPort } from 'node:worker_threads'
import { answerByRules } from './answer.ts'

export type Question = { id: number; worker: string; input: unknown }
export type Reply = { id: number; outcome: unknown } | { id: number; failure: string }

parentPort?.on('message', (question: Question) => void reply(question))

async function reply({ id, worker, input }: Question): Promise<void> {
  try {
    parentPort?.postMessage({ id, outcome: await answerByRules(worker, input) } satisfies Reply)
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ id, failure } satisfies Reply)
  }
}
