// How a step says what it needs: `step`, or `step.yes` and `step.no` for a branch of it. Imports nothing.
export const BRANCHES = ['yes', 'no'] as const
export type Branch = (typeof BRANCHES)[number]
export type Need = { step: string; branch: Branch | null }

export function parseNeed(need: string): Need {
  const [step = '', branch] = need.split('.')
  return { step, branch: branch === 'yes' || branch === 'no' ? branch : null }
}

/** What stands for a step in paths and expressions, where a hyphen would mean minus. */
export function identifierOf(step: string): string {
  return step.replaceAll('-', '_')
}
