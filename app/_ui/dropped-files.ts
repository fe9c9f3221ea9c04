'use client'

import { useEffect, useEffectEvent, useState } from 'react'

/** Takes files that are dropped anywhere on the page or pasted. @returns whether files are held over the page */
export function useDroppedFiles(onFiles: (files: File[]) => void, enabled: boolean): boolean {
  const [over, setOver] = useState(false)
  const take = useEffectEvent((list: FileList | undefined) => {
    const files = [...(list ?? [])]
    if (files.length > 0) onFiles(files)
  })
  useEffect(() => {
    if (!enabled) return
    const listening = new AbortController()
    const { signal } = listening
    // Entering a child comes before leaving its parent.
    let depth = 0
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth -= 1
      if (depth <= 0) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      take(event.dataTransfer?.files)
    }
    window.addEventListener('dragenter', enter, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('dragover', (event) => (hasFiles(event) ? event.preventDefault() : undefined), { signal })
    window.addEventListener('drop', drop, { signal })
    window.addEventListener('paste', (event) => take(event.clipboardData?.files), { signal })
    return () => listening.abort()
  }, [enabled])
  return over
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
