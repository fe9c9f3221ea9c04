// A ZIP archive that leaves while it is made: one file at a time is held, whatever their number (APPNOTE 6.3.10).
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

export type ZipFile = { name: string; body: string }

const deflate = promisify(deflateRaw)
const UTF8_NAMES = 0x0800
const DEFLATED = 8
const VERSION = 20
/** 1 January 2020: a real time would make two exports of the same rows differ. */
const DATE = (40 << 9) | (1 << 5) | 1

/** At most 65,535 files and 4 GB, beyond which the format has another form. */
export async function* zipStream(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, body } of files) {
    const bytes = Buffer.from(body)
    const packed = await deflate(bytes)
    const nameBytes = Buffer.from(name)
    const facts = factsOf(bytes, packed, nameBytes)
    const head = Buffer.concat([signed(0x04034b50), facts, Buffer.alloc(2), nameBytes])
    directory.push(entryOf(facts, nameBytes, offset))
    offset += head.length + packed.length
    yield head
    yield packed
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  yield* directory
  yield endOf(directory.length, size, offset)
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}

function factsOf(bytes: Buffer, packed: Buffer, name: Buffer): Buffer {
  const facts = Buffer.alloc(24)
  facts.writeUInt16LE(VERSION, 0)
  facts.writeUInt16LE(UTF8_NAMES, 2)
  facts.writeUInt16LE(DEFLATED, 4)
  facts.writeUInt16LE(DATE, 8)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(bytes.length, 18)
  facts.writeUInt16LE(name.length, 22)
  return facts
}

function entryOf(facts: Buffer, name: Buffer, offset: number): Buffer {
  const version = Buffer.alloc(2)
  version.writeUInt16LE(VERSION)
  const rest = Buffer.alloc(16)
  rest.writeUInt32LE(offset, 12)
  return Buffer.concat([signed(0x02014b50), version, facts, rest, name])
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
