import type { Uploaded } from '#lib/documents/shapes.ts'

export type Sending = { promise: Promise<Uploaded>; abort: () => void }

const NO_ANSWER = 'The connection broke off, so the file is not here. Try again.'

/** By XMLHttpRequest, because fetch does not tell how much has left. The promise fails with a sentence for people. */
export function sendFile(url: string, file: File, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const promise = new Promise<Uploaded>((resolve, reject) => {
    request.open('POST', `${url}?name=${encodeURIComponent(file.name)}`)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(new Error(NO_ANSWER)))
    request.addEventListener('abort', () => reject(new Error('Stopped before it was here.')))
    request.addEventListener('load', () => {
      const body = request.response as (Uploaded & { detail?: string }) | null
      if (request.status < 300 && body) resolve(body)
      else if (request.status === 401)
        reject(new Error('You are no longer signed in here. Sign in again, then try again.'))
      else reject(new Error(body?.detail ?? NO_ANSWER))
    })
    request.send(file)
  })
  return { promise, abort: () => request.abort() }
}
