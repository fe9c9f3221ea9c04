'use client'

import { useDeferredValue, useEffect, useState } from 'react'
import { type TextFacts, textFacts } from './text-facts.ts'

/** From here on counting a text would be felt at each key. */
const LONG_TEXT = 10_000
const SETTLED_AFTER_MS = 300

/** What is counted in the text; in a long one it waits for a pause. `behind` = the text has changed since. */
export function useTextFacts(text: string): TextFacts & { behind: boolean } {
  const [settled, setSettled] = useState(text)
  const deferred = useDeferredValue(text)
  const long = text.length > LONG_TEXT
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), long ? SETTLED_AFTER_MS : 0)
    return () => clearTimeout(timer)
  }, [text, long])
  const counted = long ? settled : deferred
  return { ...textFacts(counted), behind: counted !== text }
}
