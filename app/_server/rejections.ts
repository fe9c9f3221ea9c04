// Rejections that nobody looks at: the process goes on, and an id leads to the line that says why.
import { v7 as uuidv7 } from 'uuid'
import { report } from './problem.ts'

export function noteRejections(): void {
  process.on('unhandledRejection', (reason) => report(reason, 500, uuidv7(), 'rejection_not_handled'))
}
