import { calmly } from '#app/_ui/media.ts'

/** Brings an element to the middle of the pane it scrolls in; the page itself moves only where there is no pane. */
export function scrollIntoPane(element: Element | null): void {
  if (!element) return
  const behavior = calmly() ? 'auto' : 'smooth'
  const pane = paneOf(element)
  if (!pane) {
    element.scrollIntoView({ block: 'center', behavior })
    return
  }
  const { top, height } = element.getBoundingClientRect()
  const middle = top - pane.getBoundingClientRect().top + height / 2
  pane.scrollTo({ top: pane.scrollTop + middle - pane.clientHeight / 2, behavior })
}

function paneOf(element: Element): Element | null {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
    if (getComputedStyle(at).overflowY === 'auto') return at
  return null
}
