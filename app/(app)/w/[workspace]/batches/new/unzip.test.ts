// F76, from the outside: archives as people make them, and as nobody should.
import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { type Limits, type Member, unzip } from './unzip.ts'

const LIMITS: Limits = { files: 10, fileBytes: 100_000, bytes: 250_000 }

async function archive(files: Record<string, string | Uint8Array>, change = (bytes: Buffer) => bytes): Promise<Blob> {
  const zip = new JSZip()
  for (const [name, body] of Object.entries(files)) zip.file(name, body, { createFolders: false })
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
  return new Blob([new Uint8Array(change(bytes))])
}

async function membersOf(blob: Blob, limits = LIMITS): Promise<Member[]> {
  const members: Member[] = []
  for await (const member of unzip(blob, limits)) members.push(member)
  return members
}

const told = (members: Member[]) =>
  members.map((member) => ('problem' in member ? `${member.name}: ${member.problem}` : member.name))

test('files come out whole, without their folders and without what systems leave behind', async () => {
  const members = await membersOf(
    await archive({
      'letters/a.txt': 'First.',
      'letters/ü/b.txt': 'Zweiter.',
      '__MACOSX/._a.txt': 'x',
      '.DS_Store': 'x',
    }),
  )
  expect(told(members)).toEqual(['a.txt', 'b.txt'])
  const texts = await Promise.all(members.flatMap((member) => ('file' in member ? [member.file.text()] : [])))
  expect(texts).toEqual(['First.', 'Zweiter.'])
})

test('names that lead out of the folder lead nowhere', async () => {
  const evil = { '../../etc/passwd': 'x', '/absolute/id': 'x', 'C:\\Windows\\win.ini': 'x', 'a\u202Etxt.exe': 'x' }
  expect(told(await membersOf(await archive(evil)))).toEqual(['passwd', 'id', 'win.ini', 'atxt.exe'])
})

test('what cannot be taken says why, and the others come', async () => {
  const inner = await archive({ 'deep.txt': 'x' })
  const members = await membersOf(
    await archive({
      'inner.zip': new Uint8Array(await inner.arrayBuffer()),
      'empty.txt': '',
      'large.txt': 'x'.repeat(100_001),
      'good.txt': 'Good.',
    }),
  )
  expect(told(members)).toEqual([
    'inner.zip: This is an archive inside the archive.',
    'empty.txt: The file is empty: it has 0 bytes.',
    'large.txt: The file is larger than 25 MB.',
    'good.txt',
  ])
})

test('a file that unpacks to more than it says is stopped by counting', async () => {
  const lying = await archive({ 'bomb.txt': 'x'.repeat(1_000_000) }, (bytes) => {
    bytes.writeUInt32LE(10, bytes.indexOf('PK\u0001\u0002') + 24)
    return bytes
  })
  expect(told(await membersOf(lying))).toEqual(['bomb.txt: The file is larger than 25 MB.'])
})

test('many files that are too much together, or too many, are refused as a whole', async () => {
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}.txt`, 'y'.repeat(90_000)]))
  await expect(membersOf(await archive(many))).rejects.toThrow(/unpacks to far more/)
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.txt`, 'y']))
  await expect(membersOf(await archive(eleven))).rejects.toThrow(/has 11 files, more than the 10/)
})

test('damage is told: of one file, of the list, of the end', async () => {
  const body = Array.from({ length: 900 }, (_, index) => `line ${(index * 7919) % 1013}`).join('\n')
  const files = { 'a.txt': body, 'b.txt': 'Whole.' }
  const flipped = await archive(files, (bytes) => {
    bytes[200] = (bytes[200] ?? 0) ^ 0xff
    return bytes
  })
  expect(told(await membersOf(flipped))).toEqual(['a.txt: This file is damaged inside the archive.', 'b.txt'])
  const encrypted = await archive(files, (bytes) => {
    bytes.writeUInt16LE(1, bytes.indexOf('PK\u0001\u0002') + 8)
    return bytes
  })
  expect(told(await membersOf(encrypted))[0]).toMatch(/protected by a password/)
  const list = await archive(files, (bytes) =>
    bytes.fill(0, bytes.indexOf('PK\u0001\u0002'), bytes.indexOf('PK\u0001\u0002') + 4),
  )
  await expect(membersOf(list)).rejects.toThrow(/list of files in the archive is damaged/)
  await expect(membersOf(await archive(files, (bytes) => bytes.subarray(0, 100)))).rejects.toThrow(/not a ZIP archive/)
})

test('an archive of noise never hangs or throws anything else', async () => {
  let seed = 7
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)
  for (let round = 0; round < 60; round += 1) {
    const noisy = await archive({ 'a.txt': 'Some letters.', 'b.txt': 'Others.' }, (bytes) => {
      for (let hit = 0; hit < 4; hit += 1) bytes[random() % bytes.length] = random() % 256
      return bytes
    })
    const outcome = await membersOf(noisy).catch((error: unknown) => error)
    expect(Array.isArray(outcome) || (outcome instanceof Error && outcome.constructor.name === 'NoArchive')).toBe(true)
  }
})
