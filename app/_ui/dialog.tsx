'use client'

import type { DialogProps } from './dialog-popup.tsx'
import { onDemand } from './on-demand.tsx'

const popup = onDemand(async () => (await import('./dialog-popup.tsx')).DialogPopup)

/** To confirm or to create: a question, its cost, a named answer. Escape and the backdrop close it. */
export function Dialog(props: DialogProps) {
  return <popup.Part wanted={props.open} props={props} onFail={props.onClose} />
}
