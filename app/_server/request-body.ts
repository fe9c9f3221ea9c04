// Reads a request's body without ever holding more than the route's limit, and knows when a part of it went missing.
import { InvalidInput, TooLarge, UnsupportedMedia } from '#lib/errors.ts'
import { parseJson } from '#lib/json.ts'

export type ReadBody = { bytes: Uint8Array; json: unknown }

/** An empty body counts as `{}`. */
export async function readJsonBody(request: Request, maxBytes: number): Promise<ReadBody> {
  const bytes = await readBytes(request, maxBytes)
  if (bytes.byteLength === 0) return { bytes, json: {} }
  refuseOtherMedia(request.headers)
  return { bytes, json: parseJson(bytes) }
}

/** @throws TooLarge while it streams; InvalidInput when it was cut on the way. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = declaredLength(request.headers)
  if (declared !== null && declared > maxBytes) throw new TooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      length += part.value.byteLength
      if (length > maxBytes) throw new TooLarge(maxBytes)
      chunks.push(part.value)
    }
  } finally {
    if (length > maxBytes) await reader?.cancel().catch(() => undefined)
  }
  if (declared !== null && declared !== length)
    throw new InvalidInput(
      [
        {
          path: '',
          message: `Only ${length} of the ${declared} bytes that Content-Length announced arrived. Send it again.`,
        },
      ],
      400,
    )
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

/** A body as it comes, for who stores it piece by piece. @throws InvalidInput when it breaks off */
export async function* bodyParts(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return
  const reader = request.body.getReader()
  let whole = false
  try {
    for (;;) {
      const part = await reader.read().catch(() => {
        throw new InvalidInput([{ path: '', message: 'The upload broke off before its end. Send it again.' }], 400)
      })
      whole = part.done
      if (part.done) return
      yield part.value
    }
  } finally {
    if (!whole) await reader.cancel().catch(() => undefined)
  }
}

export function declaredLength(headers: Headers): number | null {
  const declared = headers.get('content-length')
  return declared !== null && /^\d{1,15}$/.test(declared) ? Number(declared) : null
}

/** A form or plain text could be sent by any site without asking the browser first; JSON could not. */
function refuseOtherMedia(headers: Headers): void {
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type))
    throw new UnsupportedMedia('Send the body as JSON, with the header "Content-Type: application/json".')
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity') throw new UnsupportedMedia('Send the body without Content-Encoding.')
}
