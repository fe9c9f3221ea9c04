// What is other in a text than in another, word by word or line by line. Pure.

export type DiffPart = { kind: 'same' | 'gone' | 'new'; text: string }

/** Words or lines: of longer stretches without a common beginning or end, the whole is said to be other. */
const MOST_WORDS = 1_500
/** So many words stay on each side of a change; the rest between is left out. */
const CONTEXT = 8

export function diffWords(before: string, after: string): DiffPart[] {
  return merged(diffTokens(wordsOf(before), wordsOf(after)))
}

/** A part for each line, without its end. */
export function diffLines(before: string, after: string): DiffPart[] {
  return diffTokens(before.split('\n'), after.split('\n'))
}

function diffTokens(a: readonly string[], b: readonly string[]): DiffPart[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  return [
    ...a.slice(0, head).map((text): DiffPart => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(a.length - tail).map((text): DiffPart => ({ kind: 'same', text })),
  ]
}

/** Long stretches that are the same are cut to what stands around the changes. */
export function shortened(parts: readonly DiffPart[]): DiffPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'same') return part
    const words = wordsOf(part.text)
    const [first, last] = [index === 0, index === parts.length - 1]
    const kept = first || last ? CONTEXT : 2 * CONTEXT
    if (words.length <= kept + 1) return part
    const start = first ? '' : words.slice(0, CONTEXT).join('')
    const end = last ? '' : words.slice(-CONTEXT).join('')
    return { kind: 'same', text: `${start}${first ? '' : ' '}… ${end}` }
  })
}

export function countChanges(parts: readonly DiffPart[]): { gone: number; new: number } {
  const count = (kind: DiffPart['kind']) =>
    parts.filter((part) => part.kind === kind).reduce((sum, { text }) => sum + wordsOf(text).length, 0)
  return { gone: count('gone'), new: count('new') }
}

/** A word with the space behind it. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g)?.filter((word) => word !== '') ?? []
}

function between(a: readonly string[], b: readonly string[]): DiffPart[] {
  const gone = (text: string): DiffPart => ({ kind: 'gone', text })
  const fresh = (text: string): DiffPart => ({ kind: 'new', text })
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [...a.map(gone), ...b.map(fresh)]
  const width = b.length + 1
  // How long the longest common rest is, from each pair of places on.
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const parts: DiffPart[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i] ?? '', b[j] ?? '']
    if (left === right) {
      parts.push({ kind: 'same', text: left })
      i += 1
      j += 1
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      parts.push(gone(left))
      i += 1
    } else {
      parts.push(fresh(right))
      j += 1
    }
  }
  return [...parts, ...a.slice(i).map(gone), ...b.slice(j).map(fresh)]
}

/** Neighbours of one kind as one part; within a change what is gone comes first. */
function merged(parts: readonly DiffPart[]): DiffPart[] {
  const found: DiffPart[] = []
  let [gone, fresh] = ['', '']
  const flush = () => {
    if (gone !== '') found.push({ kind: 'gone', text: gone })
    if (fresh !== '') found.push({ kind: 'new', text: fresh })
    gone = ''
    fresh = ''
  }
  for (const { kind, text } of parts) {
    if (kind === 'gone') gone += text
    else if (kind === 'new') fresh += text
    else {
      flush()
      const last = found.at(-1)
      if (last?.kind === 'same') last.text += text
      else found.push({ kind, text })
    }
  }
  flush()
  return found
}
