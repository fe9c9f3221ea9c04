// Keeps the single keys that are pressed before the page's scripts can hear them; runs in the page's head.

export type EarlyKey = { key: string; path: string; at: number }

/** Beyond this nobody waits for its effect any more. */
const KEPT_MS = 10_000

export const EARLY_KEYS_SCRIPT = `(()=>{let k=window.batonKeys=[];addEventListener('keydown',e=>{
if(performance.now()<15000&&!e.ctrlKey&&!e.metaKey&&!e.altKey&&e.key.length===1&&!e.target.closest?.('input,textarea,select,[contenteditable]'))
k.push({key:e.key,path:location.pathname,at:Date.now()})},true)})()`

/** Whether this key was pressed at this address a moment ago and nothing has heard it. It is given out once. */
export function takeEarlyKey(key: string): boolean {
  const kept = keys()
  const here = kept.filter((early) => early.key === key)
  if (here.length === 0) return false
  replace(kept.filter((early) => early.key !== key))
  return here.some(({ path, at }) => path === window.location.pathname && Date.now() - at < KEPT_MS)
}

/** A key was heard: what came before it is past. */
export function forgetEarlyKeys(): void {
  replace([])
}

function keys(): EarlyKey[] {
  return (window as { batonKeys?: EarlyKey[] }).batonKeys ?? []
}

function replace(next: EarlyKey[]): void {
  const kept = keys()
  kept.splice(0, kept.length, ...next)
}
