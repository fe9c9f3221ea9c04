// Damage that is done to real files, the same for the same seed: cut, flipped, encrypted, nested and renamed.
import JSZip from 'jszip'
import PdfDocument from 'pdfkit'

export type CorpusFile = { name: string; bytes: Buffer }
export type Variant = CorpusFile & { kind: string }

const KINDS = ['cut', 'flipped', 'encrypted', 'nested', 'renamed'] as const
const EXTENSIONS = ['pdf', 'docx', 'txt', 'md', 'csv', 'html', 'eml', 'bin', 'exe']
const PDF_VERSIONS = ['1.3', '1.4', '1.5', '1.6', '1.7', '1.7ext3'] as const
const DEPTH = 5_000
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

export async function variantsOf(files: readonly CorpusFile[], count: number, seed: number): Promise<Variant[]> {
  const random = randomOf(seed)
  const variants: Variant[] = []
  for (let index = 0; index < count; index += 1) {
    const kind = KINDS[index % KINDS.length] ?? 'cut'
    const file = files[Math.floor(random() * files.length)]
    if (!file) throw new Error('The corpus is empty.')
    variants.push({ kind, ...(await damaged(kind, file, random)) })
  }
  return variants
}

function damaged(
  kind: (typeof KINDS)[number],
  file: CorpusFile,
  random: () => number,
): Promise<CorpusFile> | CorpusFile {
  switch (kind) {
    case 'cut':
      return { ...file, bytes: file.bytes.subarray(0, Math.floor(file.bytes.length * random())) }
    case 'flipped':
      return { ...file, bytes: flipped(file.bytes, random) }
    case 'encrypted':
      return encrypted(file, random)
    case 'nested':
      return nested(file, random)
    case 'renamed':
      return { ...file, name: `${bare(file.name)}.${oneOf(EXTENSIONS, random)}` }
  }
}

function flipped(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes)
  const count = 1 + Math.floor(random() ** 3 * 500)
  for (let flip = 0; flip < count && copy.length > 0; flip += 1) {
    const at = Math.floor(random() * copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8))
  }
  return copy
}

/** A PDF that asks for a password, an archive whose entries are sealed, or Office's own wrapping. */
async function encrypted({ name, bytes }: CorpusFile, random: () => number): Promise<CorpusFile> {
  const way = Math.floor(random() * 3)
  if (way === 0) return { name: `${bare(name)}.pdf`, bytes: await lockedPdf(bytes, oneOf(PDF_VERSIONS, random)) }
  if (way === 1) return { name: `${bare(name)}.docx`, bytes: sealed(await zipped({ 'word/document.xml': bytes })) }
  const wrapped = [OLE, Buffer.alloc(1_016), Buffer.from('EncryptedPackage', 'utf16le'), bytes]
  return { name: `${bare(name)}.docx`, bytes: Buffer.concat(wrapped) }
}

function lockedPdf(bytes: Buffer, pdfVersion: (typeof PDF_VERSIONS)[number]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PdfDocument({ userPassword: 'sesame', ownerPassword: 'open', pdfVersion, compress: true })
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
    pdf.text(
      bytes
        .toString('latin1')
        .replace(/[^\x20-\x7e\n]/g, ' ')
        .slice(0, 5_000),
    )
    pdf.end()
  })
}

/** Marks each entry as encrypted, in front of it and in the directory. */
function sealed(archive: Buffer): Buffer {
  const copy = Buffer.from(archive)
  for (const [mark, flags] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const)
    for (let at = copy.indexOf(mark); at >= 0; at = copy.indexOf(mark, at + 4))
      copy[at + flags] = (copy[at + flags] ?? 0) | 1
  return copy
}

async function nested({ name, bytes }: CorpusFile, random: () => number): Promise<CorpusFile> {
  switch (Math.floor(random() * 5)) {
    case 0:
      return { name: `${bare(name)}.docx`, bytes: await zipped({ [name]: await zipped({ [name]: bytes }) }) }
    case 1:
      return { name: `${bare(name)}.eml`, bytes: mailWith(name, bytes) }
    case 2:
      return { name: `${bare(name)}.eml`, bytes: mailsIn(bytes) }
    case 3:
      return { name: `${bare(name)}.html`, bytes: around('<div>', bytes, '</div>') }
    default:
      return { name, bytes: Buffer.concat([Buffer.from('junk before it\n'), bytes, bytes]) }
  }
}

function zipped(entries: Record<string, Buffer>): Promise<Buffer> {
  const zip = new JSZip()
  for (const [name, bytes] of Object.entries(entries)) zip.file(name, bytes)
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

function mailWith(name: string, bytes: Buffer): Buffer {
  const head = [
    'From: a@example.com',
    'To: b@example.com',
    'Subject: A file',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain',
    '',
    'See the file.',
    '--edge',
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
  ]
  return Buffer.from([...head, bytes.toString('base64').replace(/.{76}/g, '$&\r\n'), '--edge--', ''].join('\r\n'))
}

/** A message in a message in a message. */
function mailsIn(bytes: Buffer): Buffer {
  const level = (depth: number) =>
    `From: a@example.com\r\nSubject: Level ${depth}\r\nContent-Type: message/rfc822\r\n\r\n`
  return Buffer.concat([Buffer.from(Array.from({ length: 200 }, (_, depth) => level(depth)).join('')), bytes])
}

function around(before: string, bytes: Buffer, after: string): Buffer {
  return Buffer.concat([Buffer.from(before.repeat(DEPTH)), bytes, Buffer.from(after.repeat(DEPTH))])
}

function bare(name: string): string {
  return name.replace(/\.[^.]*$/, '')
}

function oneOf<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}

function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
