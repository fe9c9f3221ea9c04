// When a schedule comes: five fields of cron in a time zone, by Croner; in words by cRonstrue. Pure.
import { Cron } from 'croner'
import cronstrue from 'cronstrue'

const MAX_LENGTH = 100

/** Null when it can be kept, else what is wrong with it. */
export function cronProblem(cron: string, timeZone: string): string | null {
  if (!isTimeZone(timeZone)) return `There is no time zone "${timeZone}". Write one such as Europe/Berlin.`
  if (cron.length > MAX_LENGTH) return `A schedule has at most ${MAX_LENGTH} letters.`
  try {
    return nextTimes({ cron, timeZone }, new Date(), 1).length > 0 ? null : 'This time never comes.'
  } catch {
    return 'Write five fields: minute, hour, day of the month, month, day of the week. "30 7 * * 1-5" is 07:30 on weekdays.'
  }
}

export type Schedule = { cron: string; timeZone: string }

/** The next times after `from`, which itself does not count. */
export function nextTimes({ cron, timeZone }: Schedule, from: Date, count: number): Date[] {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true }).nextRuns(count, from)
}

/** `At 07:30, Monday through Friday`. */
export function cronWords(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false })
  } catch {
    return cron
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== ''
  } catch {
    return false
  }
}
