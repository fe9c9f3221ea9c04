// The little of fontkit that setting text in a PDF needs; the package has no types of its own.
declare module 'fontkit' {
  export type PathCommand = {
    command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
    args: number[]
  }
  export type Glyph = {
    advanceWidth: number
    path: { commands: PathCommand[]; bbox: { minX: number; minY: number; maxX: number; maxY: number } }
  }
  export type Subset = {
    font: Font
    glyf: Uint8Array[]
    loca: { offsets: number[] }
    hmtx: { metrics: { advance: number; bearing: number }[] }
    offset: number
    _addGlyph: (this: Subset, glyph: number) => number
  }
  export type Font = {
    characterSet: number[]
    glyphForCodePoint: (codePoint: number) => Glyph
    hasGlyphForCodePoint: (codePoint: number) => boolean
    getGlyph: (glyph: number) => Glyph
    createSubset: () => Subset
    _tables: Record<string, unknown>
  }
  export function create(data: Uint8Array): Font
}
