// Files on their way into a batch: each is uploaded like any document, a ZIP archive gives its files one by one, and what
// cannot be taken keeps its place with the reason.
import { MAX_FILES } from '#lib/batches/limits.ts'
import { MAX_DOCUMENT_BYTES } from '#lib/documents/states.ts'
import { type Sending, sendFile } from '../../documents/(list)/send-file.ts'
import { NoArchive, unzip } from './unzip.ts'

export type BatchFile = {
  key: number
  name: string
  state: 'waiting' | 'sending' | 'here' | 'refused'
  documentId: string | null
  problem: string | null
  advice: string | null
}

export type Files = {
  state: () => readonly BatchFile[]
  subscribe: (listener: () => void) => () => void
  add: (files: readonly File[]) => void
  /** Documents that are here already. */
  take: (documents: readonly { id: string; name: string }[]) => void
  remove: (key: number) => void
  clear: () => void
}

const AT_ONCE = 3
const ZIP_BYTES = 1_000_000_000
export const NO_FILES: readonly BatchFile[] = []

export function openFiles(url: string): Files {
  let all = NO_FILES
  let lastKey = 0
  const listeners = new Set<() => void>()
  const bodies = new Map<number, File>()
  const sending = new Map<number, Sending>()

  function show(next: readonly BatchFile[]): void {
    all = next
    for (const listener of listeners) listener()
  }

  function change(key: number, next: Partial<BatchFile>): void {
    show(all.map((file) => (file.key === key ? { ...file, ...next } : file)))
  }

  function place(name: string, given: Partial<BatchFile>, body?: File): void {
    lastKey += 1
    const full = all.length >= MAX_FILES
    if (full && all.at(-1)?.problem === FULL) return
    if (body && !full) bodies.set(lastKey, body)
    const file: BatchFile = {
      key: lastKey,
      name,
      state: 'waiting',
      documentId: null,
      problem: null,
      advice: null,
      ...given,
    }
    show([...all, full ? { ...file, state: 'refused', problem: FULL } : file])
  }

  function placeFile(file: File): void {
    const problem =
      file.size === 0
        ? { problem: 'The file is empty: it has 0 bytes.', advice: 'Choose another one.' }
        : file.size > MAX_DOCUMENT_BYTES
          ? { problem: 'The file is larger than 25 MB.', advice: 'Split it, or save it without pictures.' }
          : null
    if (problem) place(file.name, { state: 'refused', ...problem })
    else place(file.name, {}, file)
  }

  async function open(archive: File): Promise<void> {
    try {
      for await (const member of unzip(archive, {
        files: MAX_FILES,
        fileBytes: MAX_DOCUMENT_BYTES,
        bytes: ZIP_BYTES,
      })) {
        if ('file' in member) placeFile(member.file)
        else place(member.name, { state: 'refused', problem: member.problem, advice: member.advice })
        pump()
      }
    } catch (error) {
      const problem = error instanceof NoArchive ? error.message : 'The archive could not be read.'
      place(archive.name, { state: 'refused', problem })
    }
  }

  function pump(): void {
    while (sending.size < AT_ONCE) {
      const next = all.find(({ state }) => state === 'waiting')
      const body = next && bodies.get(next.key)
      if (!next || !body) return
      void send(next.key, body)
    }
  }

  async function send(key: number, body: File): Promise<void> {
    const sent = sendFile(url, body, () => undefined)
    sending.set(key, sent)
    change(key, { state: 'sending' })
    try {
      change(key, { state: 'here', documentId: (await sent.promise).id })
    } catch (error) {
      change(key, { state: 'refused', problem: error instanceof Error ? error.message : 'It could not be sent.' })
    }
    bodies.delete(key)
    sending.delete(key)
    pump()
  }

  function drop(key: number): void {
    bodies.delete(key)
    sending.get(key)?.abort()
  }

  return {
    state: () => all,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: (files) => {
      for (const file of files) {
        if (/\.zip$/i.test(file.name)) void open(file)
        else placeFile(file)
      }
      pump()
    },
    take: (documents) => {
      const known = new Set(all.map(({ documentId }) => documentId))
      for (const { id, name } of documents) if (!known.has(id)) place(name, { state: 'here', documentId: id })
    },
    remove: (key) => {
      show(all.filter((file) => file.key !== key))
      drop(key)
    },
    clear: () => {
      const keys = all.map(({ key }) => key)
      show(NO_FILES)
      for (const key of keys) drop(key)
    },
  }
}

const FULL = `A batch takes ${MAX_FILES.toLocaleString('en')} files; this one and those after it were left out.`
