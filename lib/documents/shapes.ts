// The one JSON-safe shape of a document: the API and the pages speak it. Types only: safe to import anywhere.
import type { BlockReason, Status } from '#lib/tasks/states.ts'
import type { RunStatus } from '#lib/workflows/states.ts'
import type { DocumentStatus, Rejection } from './states.ts'

/** What the file says about itself, and what was met while reading it. */
export type DocumentMetadata = {
  title?: string
  author?: string
  subject?: string
  /** As the file has it, for instance of a message. */
  date?: string
  /** For instance `PDF 1.7`, `windows-1252`. */
  format?: string
  /** Pages without a letter, by number, at most 100 of them. */
  pagesWithoutText?: number[]
  /** Pages that could not be read, by number, at most 100 of them. */
  damagedPages?: number[]
  /** The file ends before its end. */
  cutOff?: boolean
  /** Characters that could not be decoded or stored, shown as U+FFFD. */
  replacedCharacters?: number
  /** Files inside that were not read. */
  attachments?: number
}

export type DocumentSummary = {
  id: string
  /** The file's name as it was uploaded. */
  name: string
  status: DocumentStatus
  /** Null unless it was rejected. */
  rejection: Rejection | null
  /** Found by its content; null until it was read. */
  mediaType: string | null
  /** Bytes. */
  size: number
  sha256: string
  /** Null until it is ready. */
  pages: number | null
  /** False when the format has no pages: then they are parts of a few thousand characters. */
  paged: boolean
  /** UTF-16 units of the whole text. */
  characters: number | null
  metadata: DocumentMetadata
  uploadedBy: { kind: 'user' | 'key'; id: string; name: string } | null
  createdAt: string
  /** When it became ready or was rejected. */
  finishedAt: string | null
}

export type DocumentPage = {
  page: number
  /** Where it begins in the whole text, in UTF-16 units. */
  start: number
  text: string
}

/** The document whose text a task or a run was given. */
export type UsedDocument = {
  /** It may have been deleted since. */
  id: string
  /** As it was when it was used. */
  name: string
  /** False when it has parts in place of pages. */
  paged: boolean
  /** Null for all of it. */
  pages: { from: number; to: number } | null
  /** Where the text begins in the document's whole text, in UTF-16 units. */
  start: number
  deleted: boolean
}

/** A task or a run that was given the document's text, or that of some of its pages. */
export type DocumentUse = {
  id: string
  title: string
  pages: { from: number; to: number } | null
  submittedBy: { kind: 'user' | 'key'; id: string; name: string } | null
  createdAt: string
  finishedAt: string | null
  /** Null without a call. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
} & (
  | { kind: 'task'; worker: string; status: Status; reason: BlockReason | null }
  | { kind: 'run'; workflow: string; status: RunStatus }
)

export type DocumentUses = {
  /** The newest. */
  items: DocumentUse[]
  /** Of all, also of those that are not among the items. */
  total: number
  completed: number
  failed: number
  /** Null without a call. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
}

/** What a worker found in the text, or in a part of it; places are places in the document's whole text. */
export type DocumentResult = {
  taskId: string
  worker: string
  /** Of the step, when it is one of a run. */
  title: string | null
  /** The stretch that was read, when the step worked through several. */
  part: { label: string; start: number; end: number } | null
  language: string | null
  result: unknown
}

export type DocumentList = { items: DocumentSummary[]; nextCursor: string | null }

/** What whoever may upload but not read is told. */
export type DocumentState = Pick<DocumentSummary, 'id' | 'status'>

export type Uploaded = (DocumentSummary | DocumentState) & {
  /** The same bytes were here before: this is that document. */
  duplicate: boolean
}
