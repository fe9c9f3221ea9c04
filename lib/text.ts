// Text that Postgres and JSON can hold: no NUL, no lone surrogate.

const BAD = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const BAD_ALL = new RegExp(BAD.source, 'g')

export function isWellFormed(text: string): boolean {
  return !BAD.test(text)
}

/** Replaces each NUL and lone surrogate by U+FFFD and counts them. */
export function repairText(text: string): { text: string; replaced: number } {
  let replaced = 0
  const repaired = text.replace(BAD_ALL, () => {
    replaced += 1
    return '\uFFFD'
  })
  return { text: repaired, replaced }
}

/** Repairs every string of a JSON value; `__proto__`, `constructor` and `prototype` keys are dropped. */
export function repairJson(value: unknown): { value: unknown; replaced: number } {
  let replaced = 0
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') {
      const repaired = repairText(node)
      replaced += repaired.replaced
      return repaired.text
    }
    if (Array.isArray(node)) return node.map(walk)
    if (node !== null && typeof node === 'object')
      return Object.fromEntries(
        Object.entries(node)
          .filter(([key]) => !['__proto__', 'constructor', 'prototype'].includes(key))
          .map(([key, child]) => [repairText(key).text, walk(child)]),
      )
    return node
  }
  return { value: walk(value), replaced }
}

export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
