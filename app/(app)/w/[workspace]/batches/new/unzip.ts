// Takes the files out of a ZIP archive, one after the other, without believing what it says of itself: bytes are counted
// while they come out, names lose their folders, and what is inside another archive stays there. Pure.

export type Member = { name: string; file: File } | { name: string; problem: string; advice: string }

export type Limits = { files: number; fileBytes: number; bytes: number }

type Entry = {
  name: string
  flags: number
  method: number
  crc: number
  packed: number
  size: number
  mode: number
  at: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const ENCRYPTED = 1
const LINK = 0xa000
const UTF8 = 0x800
/** Control characters, and those that reorder what a person reads. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is removed
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const ARCHIVES = /\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar|jar|cab|iso)$/i

export class NoArchive extends Error {}

/** @throws NoArchive with a sentence for people */
export async function* unzip(archive: Blob, limits: Limits): AsyncGenerator<Member> {
  const entries = (await readDirectory(archive)).filter(({ name }) => !isClutter(name))
  if (entries.length > limits.files)
    throw new NoArchive(
      `The archive has ${entries.length.toLocaleString('en')} files, more than the ${limits.files.toLocaleString('en')} that a batch takes. Split it.`,
    )
  let left = limits.bytes
  for (const entry of entries) {
    const name = baseName(entry.name)
    const refusal = refusalOf(entry, name, limits)
    if (refusal) {
      yield { name, ...refusal }
      continue
    }
    const bytes = await unpack(archive, entry, Math.min(limits.fileBytes, left)).catch(() => null)
    if (bytes === 'too large' && left < limits.fileBytes)
      throw new NoArchive('The archive unpacks to far more than a batch takes, so the rest of it was left alone.')
    if (bytes === 'too large') yield { name, ...TOO_LARGE }
    else if (bytes === null || bytes.size !== entry.size) yield { name, ...DAMAGED }
    else yield { name, file: new File([bytes], name) }
    left -= bytes instanceof Blob ? bytes.size : 0
  }
}

const DAMAGED = {
  problem: 'This file is damaged inside the archive.',
  advice: 'Make the archive again, or drop the file itself.',
}
const TOO_LARGE = { problem: 'The file is larger than 25 MB.', advice: 'Split it, or save it without pictures.' }

function refusalOf({ flags, method, size, mode }: Entry, name: string, { fileBytes }: Limits) {
  if ((mode & 0xf000) === LINK)
    return { problem: 'This is a link to another file, not a file.', advice: 'Drop the file that it leads to.' }
  if ((flags & ENCRYPTED) !== 0)
    return {
      problem: 'This file is protected by a password inside the archive.',
      advice: 'Unpack the archive, then drop the files.',
    }
  if (ARCHIVES.test(name))
    return { problem: 'This is an archive inside the archive.', advice: 'Unpack it, then drop its files.' }
  if (method !== 0 && method !== 8)
    return {
      problem: 'This file is packed in a way that cannot be read here.',
      advice: 'Unpack the archive, then drop the files.',
    }
  if (size === 0) return { problem: 'The file is empty: it has 0 bytes.', advice: 'Choose another one.' }
  return size > fileBytes ? TOO_LARGE : null
}

/** The list at the archive's end is the only one that counts. */
async function readDirectory(archive: Blob): Promise<Entry[]> {
  const tail = await viewOf(archive, Math.max(0, archive.size - 65_557), archive.size)
  let end = tail.byteLength - 22
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1
  if (end < 0) throw new NoArchive('This is not a ZIP archive, or its end is missing. Make it again.')
  const [count, size, at] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ]
  if (count === 0xffff || at === 0xffffffff)
    throw new NoArchive('The archive is too large to be opened here. Split it.')
  const view = await viewOf(archive, at, at + size)
  const entries: Entry[] = []
  for (let offset = 0; entries.length < count;) {
    if (offset + 46 > view.byteLength || view.getUint32(offset, true) !== ENTRY)
      throw new NoArchive('The list of files in the archive is damaged. Make it again.')
    const nameLength = view.getUint16(offset + 28, true)
    const next = offset + 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
    const flags = view.getUint16(offset + 8, true)
    entries.push({
      name: nameOf(view, offset + 46, nameLength, flags),
      flags,
      method: view.getUint16(offset + 10, true),
      crc: view.getUint32(offset + 16, true),
      packed: view.getUint32(offset + 20, true),
      size: view.getUint32(offset + 24, true),
      mode: view.getUint32(offset + 38, true) >>> 16,
      at: view.getUint32(offset + 42, true),
    })
    offset = next
  }
  return entries
}

async function viewOf(archive: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await archive.slice(from, to).arrayBuffer())
}

function nameOf(view: DataView, at: number, length: number, flags: number): string {
  if (at + length > view.byteLength) throw new NoArchive('The list of files in the archive is damaged. Make it again.')
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length)
  return new TextDecoder((flags & UTF8) === 0 ? 'windows-1252' : 'utf-8').decode(bytes)
}

/** Without folders and signs that no name should have: it is shown, and leads nowhere. */
function baseName(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? ''
  return name.replace(UNSEEN, '').slice(0, 200) || 'unnamed'
}

/** Folders, and what systems leave beside the files. */
function isClutter(path: string): boolean {
  return /[/\\]$/.test(path) || /(^|[/\\])(__MACOSX[/\\]|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(path)
}

async function unpack(archive: Blob, entry: Entry, most: number): Promise<Blob | 'too large'> {
  const head = await viewOf(archive, entry.at, entry.at + 30)
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw new Error('no file here')
  const start = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  const packed = archive.slice(start, start + entry.packed).stream()
  const stream = entry.method === 8 ? packed.pipeThrough(new DecompressionStream('deflate-raw')) : packed
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let crc = 0xffffffff
  const reader = stream.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      return 'too large'
    }
    crc = crcOver(part.value, crc)
    parts.push(part.value)
  }
  if ((crc ^ 0xffffffff) >>> 0 !== entry.crc) throw new Error('other bytes than were packed')
  return new Blob(parts)
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320
  return value
})

function crcOver(bytes: Uint8Array, before: number): number {
  let crc = before
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0)
  return crc
}
