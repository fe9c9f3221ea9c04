// What is chosen to be imported, and as what.
import { formatQuantity } from '#app/_ui/format.ts'
import type { ImportCheck } from '#lib/workflows/stored/shapes.ts'

export type ImportFile = { name: string; text: string }

/** A new workflow, or the draft of one that is there. */
export type Target = { name: string } | { draftOf: { name: string; revision: number } }

const MAX_BYTES = 500_000

/** @returns why it cannot be read, in words */
export async function readFile(files: readonly File[]): Promise<ImportFile | string> {
  const [file, ...more] = files
  if (!file) return 'There is no file. Choose one in YAML or JSON.'
  if (more.length > 0) return `These are ${formatQuantity(files.length, 'file')}. Choose one: each is a workflow.`
  if (file.size > MAX_BYTES)
    return `${file.name} is larger than 500 kB, more than any workflow is. Choose another file.`
  try {
    return { name: file.name, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch (error) {
    return error instanceof TypeError
      ? `${file.name} is not text in UTF-8. Save it as UTF-8, as YAML or JSON, and choose it again.`
      : `${file.name} could not be read. Has it been moved or changed? Choose it again.`
  }
}

/** What is offered first: never what replaces something. */
export function firstTarget(check: ImportCheck): Target | null {
  if (!check.readable) return null
  return { name: check.taken ? check.free : check.name }
}

export function whyNotImport(looked: { check: ImportCheck; target: Target | null } | null): string | null {
  if (!looked) return 'Choose a file first.'
  if (!looked.check.readable) return 'This file cannot be read as a workflow.'
  const name = looked.target && 'name' in looked.target ? looked.target.name : null
  return name === null || isName(name) ? null : 'Correct the name first.'
}

export function isName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,59}$/.test(name)
}
