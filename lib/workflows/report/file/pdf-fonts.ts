// The faces of the pages, for a PDF. They come as WOFF2, whose outlines fontkit reads but cannot write into a subset.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font, type Glyph, type Subset } from 'fontkit'

/** `sans` is the product speaking, `serif` a person's document, `mono` a machine value. */
export const VOICES = ['sans', 'serif', 'mono'] as const
export type Voice = (typeof VOICES)[number]

// Relative to the project, which both processes start in: a bundle has no folder of its own.
const FOLDER = 'node_modules/@fontsource-variable'
const SUBSETS = {
  geist: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'],
  'geist-mono': ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese', 'symbols2'],
  'source-serif-4': ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'],
} as const
type Family = keyof typeof SUBSETS

/** A letter that its own face lacks is looked for in the others. */
const FAMILIES: Record<Voice, readonly Family[]> = {
  sans: ['geist', 'source-serif-4', 'geist-mono'],
  serif: ['source-serif-4', 'geist', 'geist-mono'],
  mono: ['geist-mono', 'geist', 'source-serif-4'],
}

export type Face = { name: string; font: Font }

const opened = new Map<string, Face>()
const faces = new Map<string, Face | null>()

/** Null when none of the faces has the letter. */
export function faceOf(voice: Voice, letter: string): Face | null {
  const key = voice + letter
  const known = faces.get(key)
  if (known !== undefined) return known
  const found = allFaces(voice).find((face) => hasLetter(face, letter)) ?? null
  faces.set(key, found)
  return found
}

export function hasLetter({ font }: Face, letter: string): boolean {
  return font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)
}

function allFaces(voice: Voice): Face[] {
  return FAMILIES[voice].flatMap((family) =>
    SUBSETS[family].map((subset) =>
      openFace(`${family}-${subset}`, `${family}/files/${family}-${subset}-wght-normal.woff2`),
    ),
  )
}

function openFace(name: string, file: string): Face {
  const known = opened.get(name)
  if (known) return known
  const font = create(readFileSync(join(process.cwd(), FOLDER, file)))
  // A part of another letter would else be known without its own code point, and copied text would lack it. Ligatures
  // come of their letters.
  for (const codePoint of font.characterSet) if (codePoint < 0xfb00) font.glyphForCodePoint(codePoint)
  // The subset writes its own table of places.
  // oxlint-disable-next-line eslint/no-underscore-dangle -- the package has no other way in
  font._tables.loca = { version: 1, offsets: [] }
  const createSubset = font.createSubset.bind(font)
  font.createSubset = () => Object.assign(createSubset(), { _addGlyph: addOutline })
  const face = { name, font }
  opened.set(name, face)
  return face
}

function addOutline(this: Subset, number: number): number {
  const glyph = this.font.getGlyph(number)
  const outline = outlineOf(glyph)
  this.glyf.push(outline)
  this.loca.offsets.push(this.offset)
  this.hmtx.metrics.push({
    advance: Math.round(glyph.advanceWidth),
    bearing: outline.length === 0 ? 0 : Math.round(glyph.path.bbox.minX),
  })
  this.offset += outline.length
  return this.glyf.length - 1
}

/** A simple glyph of the `glyf` table (OpenType 1.9), all of its points written out. */
function outlineOf({ path: { commands, bbox } }: Glyph): Uint8Array {
  if (commands.length === 0) return new Uint8Array(0)
  const ends: number[] = []
  const points: { x: number; y: number; on: 0 | 1 }[] = []
  for (const { command, args } of commands) {
    const [x = 0, y = 0, endX = 0, endY = 0] = args.map(Math.round)
    if (command === 'closePath') ends.push(points.length - 1)
    else if (command === 'quadraticCurveTo') points.push({ x, y, on: 0 }, { x: endX, y: endY, on: 1 })
    else if (command === 'bezierCurveTo') throw new Error('The outlines of these faces have no cubic curves.')
    else points.push({ x, y, on: 1 })
  }
  const bytes = 10 + ends.length * 2 + 2 + points.length * 5
  const data = Buffer.alloc(Math.ceil(bytes / 4) * 4)
  let at = data.writeInt16BE(ends.length, 0)
  for (const side of [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY]) at = data.writeInt16BE(Math.round(side), at)
  for (const end of ends) at = data.writeUInt16BE(end, at)
  at = data.writeUInt16BE(0, at)
  for (const { on } of points) at = data.writeUInt8(on, at)
  for (const axis of ['x', 'y'] as const)
    points.forEach((point, index) => (at = data.writeInt16BE(point[axis] - (points[index - 1]?.[axis] ?? 0), at)))
  return data
}
