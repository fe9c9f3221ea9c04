// Which steps run again when one does: it and all that need it, directly or through others. Pure.
import { parseNeed } from '#lib/workflows/needs.ts'

export function stepsAfter(steps: readonly { name: string; needs: readonly string[] }[], from: string): Set<string> {
  const found = new Set([from])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const { name, needs } of steps) if (needs.some((need) => found.has(parseNeed(need).step))) found.add(name)
  }
  return found
}
