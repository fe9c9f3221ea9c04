const LOOKS = { key: 'text-ink', text: 'text-accent-text', rest: undefined }

/** Keys in ink and texts in accent; anything else as it is. */
export function HighlightedJson({ text }: { text: string }) {
  return partsOf(text).map((part) => (
    <span key={part.at} className={LOOKS[part.kind]}>
      {part.text}
    </span>
  ))
}

type Part = { at: number; text: string; kind: keyof typeof LOOKS }

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const { 0: quoted, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)) {
    if (index > end) parts.push({ at: end, text: text.slice(end, index), kind: 'rest' })
    end = index + quoted.length
    parts.push({ at: index, text: quoted, kind: /^\s*:/.test(text.slice(end, end + 4)) ? 'key' : 'text' })
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), kind: 'rest' })
  return parts
}
