'use client'

import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 300

/** Searches a moment after the last key. */
export function SearchField({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search)
  const send = useRef(onSearch)
  useEffect(() => {
    send.current = onSearch
  })
  useEffect(() => {
    if (text.trim() === search) return
    const timer = setTimeout(() => send.current(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, search])
  return (
    <span className="relative ml-auto w-56 max-md:w-full max-md:ml-0">
      <Search className="i-sm absolute left-2.5 top-1/2 -translate-y-1/2 text-soft pointer-events-none" aria-hidden />
      <input
        type="search"
        className="input pl-8!"
        aria-label="Find in names and results"
        placeholder="Find in names and results"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </span>
  )
}
