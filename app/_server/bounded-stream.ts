// A response that lasts, for a reader who may be slower than what is sent: beyond the bound it ends instead of growing.

export type BoundedStream = {
  body: ReadableStream<Uint8Array>
  /** False when the reader has fallen behind by more than the bound, or has gone. */
  send: (text: string) => boolean
  end: (lastWords?: string) => void
}

const encoder = new TextEncoder()

export function boundedStream(maxBytes: number, onGone: () => void): BoundedStream {
  let open = true
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started
      },
      cancel: () => {
        open = false
        onGone()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxBytes }),
  )
  const send = (text: string): boolean => {
    if (!open || !controller) return false
    const bytes = encoder.encode(text)
    if (bytes.byteLength > (controller.desiredSize ?? 0)) return false
    controller.enqueue(bytes)
    return true
  }
  const end = (lastWords = '') => {
    if (!open || !controller) return
    open = false
    if (lastWords) controller.enqueue(encoder.encode(lastWords))
    controller.close()
    onGone()
  }
  return { body, send, end }
}
