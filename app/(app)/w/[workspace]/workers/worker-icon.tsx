import { createElement } from 'react'
import { workerIcon } from '#app/_ui/shell/navigation.tsx'

export function WorkerIcon({ worker, small = false }: { worker: string; small?: boolean }) {
  return createElement(workerIcon(worker), { className: small ? 'i-sm' : 'i', 'aria-hidden': true })
}
