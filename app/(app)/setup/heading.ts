import type { Check } from '#lib/setup/self-check.ts'
import type { Sample } from './samples-panel.tsx'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six']

/** The page's title says what is the case: what is wrong first, else how many workers have answered. */
export function headingOf(checks: readonly Check[], samples: readonly Sample[]): string {
  const failed = checks.filter(({ state }) => state === 'failed').length
  if (failed > 0) return failed === 1 ? 'One thing needs you' : `${capital(inWords(failed))} things need you`
  const answered = samples.filter(({ task }) => task?.status === 'completed').length
  if (samples.every(({ task }) => task === null)) return 'Baton is ready'
  if (answered === samples.length) return `Baton works: all ${inWords(samples.length)} workers have answered`
  const verb = answered === 1 ? 'has' : 'have'
  return `Baton works: ${inWords(answered)} of ${inWords(samples.length)} workers ${verb} answered`
}

function inWords(count: number): string {
  return WORDS[count] ?? String(count)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
