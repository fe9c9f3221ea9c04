import { unstable_isUnrecognizedActionError } from 'next/navigation'
import type { ActionError, ActionResult } from '#app/_server/action.ts'

export type { ActionError, ActionResult } from '#app/_server/action.ts'

/**
 * Calls a server action; what goes wrong on the way comes back like a refusal. The code `new_version` means that the
 * server runs a newer build than this page: reload it (drafts are kept).
 */
export async function runAction<Data>(call: () => Promise<ActionResult<Data>>): Promise<ActionResult<Data>> {
  try {
    return await call()
  } catch (error) {
    return { ok: false, error: describe(error) }
  }
}

function describe(error: unknown): ActionError {
  if (unstable_isUnrecognizedActionError(error))
    return {
      code: 'new_version',
      message: 'Baton was updated while this page was open. Reload it and go on; what you typed stays here.',
      requestId: '',
    }
  return {
    code: 'no_answer',
    message: 'The server did not answer, so nothing is certain. Look whether it was done, then try again.',
    requestId: '',
  }
}
