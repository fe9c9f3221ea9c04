// Files on their way to a workspace. They belong to the tab, not to a page: whoever goes on to another page and comes
// back finds them further along. Closing the tab stops them, so the browser asks first.
import type { Uploaded } from '#lib/documents/shapes.ts'
import { MAX_DOCUMENT_BYTES } from '#lib/documents/states.ts'
import { type Sending, sendFile } from './send-file.ts'

export type Upload = {
  key: string
  file: File
  state: 'waiting' | 'sending' | 'failed' | 'duplicate'
  /** Of its bytes that have left. */
  share: number
  error: string | null
  /** May succeed when tried again. */
  retryable: boolean
  /** The document that has the same bytes. */
  same: Uploaded | null
}

export type UploadState = {
  uploads: readonly Upload[]
  /** Counts what has arrived since the tab was opened. */
  arrived: number
}

export type Uploads = {
  state: () => UploadState
  subscribe: (listener: () => void) => () => void
  add: (files: readonly File[]) => void
  retry: (key: string) => void
  /** Stops it when it is still on its way. */
  dismiss: (key: string) => void
}

export const NO_UPLOADS: UploadState = { uploads: [], arrived: 0 }
const AT_ONCE = 2

const all = new Map<string, Uploads>()

/** Those of one address. */
export function uploadsTo(url: string): Uploads {
  const uploads = all.get(url) ?? openUploads(url)
  // The server draws the page for everybody, and keeps nothing.
  if (typeof window !== 'undefined') all.set(url, uploads)
  return uploads
}

function openUploads(url: string): Uploads {
  let state = NO_UPLOADS
  const listeners = new Set<() => void>()
  const sending = new Map<string, Sending>()

  function show(next: Partial<UploadState>): void {
    state = { ...state, ...next }
    const busy = state.uploads.some((upload) => upload.state === 'waiting' || upload.state === 'sending')
    if (busy) window.addEventListener('beforeunload', askFirst)
    else window.removeEventListener('beforeunload', askFirst)
    for (const listener of listeners) listener()
  }

  function change(key: string, next: Partial<Upload>): void {
    show({ uploads: state.uploads.map((upload) => (upload.key === key ? { ...upload, ...next } : upload)) })
  }

  function without(key: string): Upload[] {
    return state.uploads.filter((upload) => upload.key !== key)
  }

  function pump(): void {
    while (sending.size < AT_ONCE) {
      const next = state.uploads.find((upload) => upload.state === 'waiting')
      if (!next) return
      void send(next)
    }
  }

  async function send({ key, file }: Upload): Promise<void> {
    const sent = sendFile(url, file, (share) => change(key, { share }))
    sending.set(key, sent)
    change(key, { state: 'sending', share: 0, error: null })
    try {
      const uploaded = await sent.promise
      if (uploaded.duplicate) change(key, { state: 'duplicate', same: uploaded })
      // The document takes its place.
      else show({ uploads: without(key), arrived: state.arrived + 1 })
    } catch (error) {
      change(key, { state: 'failed', error: error instanceof Error ? error.message : null })
    }
    sending.delete(key)
    pump()
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: (files) => {
      show({ uploads: [...state.uploads, ...files.map(newUpload)] })
      pump()
    },
    retry: (key) => {
      change(key, { state: 'waiting', error: null })
      pump()
    },
    dismiss: (key) => {
      show({ uploads: without(key) })
      sending.get(key)?.abort()
    },
  }
}

let lastKey = 0

/** What cannot be taken is said before anything is sent. */
function newUpload(file: File): Upload {
  const error =
    file.size === 0
      ? 'The file is empty: it has 0 bytes. Choose another one.'
      : file.size > MAX_DOCUMENT_BYTES
        ? 'The file is larger than 25 MB. Split it, or save it without pictures.'
        : null
  lastKey += 1
  return {
    key: String(lastKey),
    file,
    state: error === null ? 'waiting' : 'failed',
    share: 0,
    error,
    retryable: error === null,
    same: null,
  }
}

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
