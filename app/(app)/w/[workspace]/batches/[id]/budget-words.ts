// What is said of a batch's budget, and what its bar shows. Pure.
import { formatQuantity } from '#app/_ui/format.ts'
import type { Budget } from '#lib/budgets/shapes.ts'
import { formatMoney } from '#lib/money.ts'

/** Below the cap; 0 when all is spent or set aside, null without a cap. */
export function freeMicros({ capMicros, spentMicros, reservedMicros }: Budget): number | null {
  return capMicros === null ? null : Math.max(0, capMicros - spentMicros - reservedMicros)
}

/** Of the whole bar, in percent: the cap, or what is used where that is more. */
export function sharesOf(budget: Budget): { spent: number; reserved: number } {
  const { capMicros, spentMicros, reservedMicros } = budget
  const whole = Math.max(capMicros ?? 0, spentMicros + reservedMicros, 1)
  return { spent: (spentMicros / whole) * 100, reserved: (reservedMicros / whole) * 100 }
}

export function budgetWords(budget: Budget): string {
  const { capMicros, spentMicros, reservedMicros } = budget
  const used = `${formatMoney(spentMicros)} spent, ${formatMoney(reservedMicros)} reserved for calls under way`
  if (capMicros === null) return `${used}, no cap`
  return `${used}, ${formatMoney(freeMicros(budget))} free, cap ${formatMoney(capMicros)}`
}

export type Waiting = { title: string; words: string }

/** What waits for room in it, and for what; null when nothing does. */
export function waitingWords(budget: Budget, held: boolean): Waiting | null {
  const { waiting, neededMicros, unpricedModels, reservedMicros } = budget
  if (waiting === 0) return null
  const tasks = `${formatQuantity(waiting, 'task')} ${waiting === 1 ? 'waits' : 'wait'}`
  if (neededMicros === null)
    return {
      title: `${unpricedModels.join(', ') || 'The model'} has no price`,
      words: `${tasks}: a cap can only hold calls that have a price. Add one to the price book, or allow unpriced calls. Then they go on by themselves.`,
    }
  const needed = `the next call may cost up to ${formatMoney(neededMicros)}, and ${formatMoney(freeMicros(budget) ?? 0)} of the cap are free`
  if (!held || reservedMicros > 0)
    return {
      title: 'Close to the cap',
      words: `${tasks}: ${needed}. Calls under way finish, and what they leave of their reserve goes to those that wait.`,
    }
  return {
    title: 'Budget reached',
    words: `${tasks}: ${needed}. Raise the cap and they go on by themselves; what is finished stays.`,
  }
}
