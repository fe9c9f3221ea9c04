// Why running work is told to stop. Only a drain leaves something to write: the others have taken the task away.

/** The task was cancelled: its row has ended. */
export class Cancelled extends Error {
  constructor() {
    super('The task was cancelled.')
  }
}

/** The process lost its lease, so the task belongs to whoever takes it over. */
export class LeaseLost extends Error {
  constructor() {
    super('The process lost its lease.')
  }
}

/** The process is being stopped: the task goes back to the queue. */
export class Drained extends Error {
  constructor() {
    super('The process is stopping.')
  }
}

export class TimedOut extends Error {
  readonly afterMs: number
  constructor(afterMs: number) {
    super(`The attempt took longer than ${Math.round(afterMs / 1000)} s.`)
    this.afterMs = afterMs
  }
}

export function isTakenAway(reason: unknown): boolean {
  return reason instanceof Cancelled || reason instanceof LeaseLost
}
