import type { DocumentMetadata } from '#lib/documents/shapes.ts'
import type { RejectionReason } from '#lib/documents/states.ts'

/** The file cannot be read, for a reason that its owner is told. */
export class Refused extends Error {
  readonly reason: RejectionReason
  readonly metadata: DocumentMetadata
  constructor(reason: RejectionReason, metadata: DocumentMetadata = {}) {
    super(reason)
    this.reason = reason
    this.metadata = metadata
  }
}
