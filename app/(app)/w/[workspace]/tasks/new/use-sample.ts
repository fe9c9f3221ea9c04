'use client'

import { notify } from '#app/_ui/toast.tsx'
import type { SampleText } from './catalogue.ts'
import type { Draft } from './draft.ts'

type Fields = Pick<Draft, 'text' | 'title'>

/** A sample brings its title, unless the person has given one; a text of their own can be brought back. */
export function useSample(
  draft: Fields,
  samples: readonly SampleText[],
  { change, restore }: { change: (fields: Partial<Fields>) => void; restore: (fields: Partial<Fields>) => void },
): (sample: SampleText) => void {
  return ({ text, title }) => {
    const before = { text: draft.text, title: draft.title }
    const chosen = before.title !== '' && !samples.some((sample) => sample.title === before.title)
    change(chosen ? { text } : { text, title })
    if (before.text.trim() === '' || samples.some((sample) => sample.text === before.text)) return
    notify('The sample stands in place of your text', { action: { label: 'Undo', run: () => restore(before) } })
  }
}
