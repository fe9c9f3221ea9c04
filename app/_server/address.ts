// An address may hold bytes that are no text. Next answers such a one with its error page for faults of its own, so they
// are replaced before it looks: what then is not found is answered like any other address that is not there.
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

export function repairAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    if (request.url !== undefined) request.url = repairedAddress(request.url)
  })
}

/** Percent signs that begin no byte are escaped, bytes that are not UTF-8 become U+FFFD. */
export function repairedAddress(address: string): string {
  try {
    decodeURIComponent(address)
    return address
  } catch {
    return address.replace(/(?:%[0-9a-f]{2})+|%/gi, (run) =>
      run === '%' ? '%25' : encodeURIComponent(Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')),
    )
  }
}
