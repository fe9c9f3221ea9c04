// A thread of the built-in engine that takes memory without end when the text says "devour", and answers otherwise.
import { parentPort } from 'node:worker_threads'
import { answerByRules } from '../../worker/local/answer.ts'
import type { Question, Reply } from '../../worker/local/thread.ts'

parentPort?.on('message', ({ id, worker, input }: Question) => {
  const { text } = input as { text: string }
  for (const held: string[] = []; text.startsWith('devour');) held.push('x'.repeat(100) + Math.random())
  void answerByRules(worker, input).then((outcome) => parentPort?.postMessage({ id, outcome } satisfies Reply))
})
