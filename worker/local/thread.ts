// A thread of the built-in engine: answers one question at a time, says so, waits for the next.
import module from 'node:module'
import { parentPort } from 'node:worker_threads'
import { stackFrames } from '../stack-frames.ts'

export type Question = { id: number; worker: string; input: unknown }
/** `failure`: the error's name and where it was thrown, a line each. */
export type Reply = { id: number; outcome: unknown } | { id: number; failure: string }

// A thread does not share its process's cache of compiled code, and it may start many times a day.
module.enableCompileCache()
const { answerByRules } = await import('./answer.ts')
parentPort?.on('message', (question: Question) => void reply(question))

async function reply({ id, worker, input }: Question): Promise<void> {
  try {
    parentPort?.postMessage({ id, outcome: await answerByRules(worker, input) } satisfies Reply)
  } catch (error) {
    const failure = error instanceof Error ? [error.name, ...stackFrames(error)].join('\n') : typeof error
    parentPort?.postMessage({ id, failure } satisfies Reply)
  }
}
