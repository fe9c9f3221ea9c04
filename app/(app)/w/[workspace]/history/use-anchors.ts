'use client'
// When the list of each address was asked for. Back finds a list as it was left, since its rows are kept under that time.
import { useState } from 'react'

type Anchors = Readonly<Record<string, number>>

/** Outlives the page's component, which a visit to a task unmounts; dropped when the server renders the page anew. */
let kept: { startAt: number; anchors: Anchors } | null = null

/** The time for this address, and a way to ask for its list as of now. `startAt` is when the server rendered the page. */
export function useAnchors(address: string, startAt: number): [number, (address: string) => void] {
  const [anchors, setAnchors] = useState<Anchors>(() => (kept?.startAt === startAt ? kept.anchors : {}))
  function askNow(asked: string) {
    const next = { ...anchors, [asked]: Date.now() }
    kept = { startAt, anchors: next }
    setAnchors(next)
  }
  return [anchors[address] ?? startAt, askNow]
}
