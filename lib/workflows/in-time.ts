// Stops what does not come to an end by itself, such as a pattern that tries every way to match a text.
import { createContext, Script } from 'node:vm'

const LIMIT_MS = 1_000
const CALL = new Script('work()')
const context = createContext({ work: null as unknown })

/** Of a work that waits for nothing. @throws what it throws; Error with a sentence for people when it takes too long */
export function inTime<Result>(work: () => Result): Result {
  context['work'] = work
  try {
    return CALL.runInContext(context, { timeout: LIMIT_MS }) as Result
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new Error('it takes longer than a second; make it simpler', { cause: error })
  } finally {
    context['work'] = null
  }
}
