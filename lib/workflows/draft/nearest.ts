// The word that somebody meant. Pure.

/** The one that differs least from `word`, when it is near enough and no other is as near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  let ties = false
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - word.length) > least) continue
    const distance = differenceOf(word.toLowerCase(), candidate.toLowerCase())
    if (distance === least) ties = true
    if (distance >= least) continue
    best = candidate
    least = distance
    ties = false
  }
  return ties ? null : best
}

/** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
function differenceOf(a: string, b: string): number {
  let last: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? (last[j - 2] ?? 0) + 1 : change
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    last = row
    row = next
  }
  return row[b.length] ?? 0
}
