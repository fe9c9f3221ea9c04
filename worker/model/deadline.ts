// A signal that aborts with another one or after a time, and leaves nothing behind once it is done: timers of
// AbortSignal.timeout live on for minutes after fast calls and keep what hangs on them.

export type Deadline = {
  signal: AbortSignal
  /** Starts the time anew, with another length and reason. */
  extend: (ms: number, reason: () => Error) => void
  done: () => void
}

export function openDeadline(outer: AbortSignal | null | undefined, ms: number, reason: () => Error): Deadline {
  const controller = new AbortController()
  const follow = (): void => controller.abort(outer?.reason)
  if (outer?.aborted) follow()
  else outer?.addEventListener('abort', follow, { once: true })
  let timer = setTimeout(() => controller.abort(reason()), ms)
  return {
    signal: controller.signal,
    extend: (more, why) => {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(why()), more)
    },
    done: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', follow)
    },
  }
}
