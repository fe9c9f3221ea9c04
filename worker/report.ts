// Tells the log about failures that are no task's fault. Never a message: it may hold the document, a prompt or a query's
// values. What a task may tell its readers is in its error.
import { v7 as newId } from 'uuid'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { LocalEngineError } from './local/errors.ts'
import { stackFrames } from './stack-frames.ts'

export function reportFailure({ id, epoch }: ClaimedTask, code: string, error: unknown): void {
  const { causes, where } = describe(error)
  console.error(JSON.stringify({ level: 'error', event: 'attempt_failed', code, taskId: id, epoch, causes, where }))
}

export function reportRejection(error: unknown): void {
  console.error(
    JSON.stringify({ level: 'error', event: 'rejection_not_handled', errorId: newId(), ...describe(error) }),
  )
}

function describe(error: unknown): { causes: string[]; where: string[] } {
  if (error instanceof LocalEngineError && typeof error.cause === 'string') {
    const [name = '', ...where] = error.cause.split('\n')
    return { causes: [name], where }
  }
  const causes: string[] = []
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) causes.push(nameOf(cause))
  return error instanceof Error ? { causes, where: stackFrames(error) } : { causes: [typeof error], where: [] }
}

/** With the code that Postgres and Node give, such as 22P02. */
function nameOf(error: Error): string {
  const code =
    'code' in error && typeof error.code === 'string' && /^\w{1,40}$/.test(error.code) ? ` ${error.code}` : ''
  return `${error.name}${code}`
}
