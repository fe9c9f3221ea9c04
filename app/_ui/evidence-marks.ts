// Numbered places in a text, cut into runs that never overlap. Pure.

/** Number 0 marks a place without writing a number behind it. */
export type EvidenceMark = { number: number; start: number; end: number }

export type TextRun = {
  start: number
  text: string
  numbers: number[]
  /** The marks that begin with this run. */
  opens: number[]
  /** The marks that end with this run. */
  closes: number[]
}

/** Runs in order whose texts add up to the whole text; marks outside the text or empty are left out. */
export function textRuns(text: string, marks: readonly EvidenceMark[]): TextRun[] {
  const usable = marks.filter((mark) => mark.start >= 0 && mark.end <= text.length && mark.start < mark.end)
  const edges = [...new Set([0, text.length, ...usable.flatMap((mark) => [mark.start, mark.end])])].sort(
    (a, b) => a - b,
  )
  const runs: TextRun[] = []
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1]
    if (end === undefined) break
    const inside = usable.filter((mark) => mark.start <= start && mark.end >= end)
    runs.push({
      start,
      text: text.slice(start, end),
      numbers: inside.map((mark) => mark.number),
      opens: inside.filter((mark) => mark.start === start).map((mark) => mark.number),
      closes: inside.filter((mark) => mark.end === end).map((mark) => mark.number),
    })
  }
  return runs
}
