// The header that names a download (RFC 6266): nothing in a name can break out of it or lead into another folder.

/** `name` is shown by new browsers in full; the plain ASCII part is for old ones. */
export function attachment(name: string): string {
  const safe = withoutPath(name)
  const ascii = safe.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded(safe)}`
}

function withoutPath(name: string): string {
  const cleaned = name
    .toWellFormed()
    // Control characters, and those that reorder what a person reads.
    // oxlint-disable-next-line eslint/no-control-regex -- they are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[/\\:*?"<>|]/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
  return shortened(cleaned) || 'download'
}

function shortened(name: string): string {
  const letters = Array.from(name)
  const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return letters.length <= 120 ? name : letters.slice(0, 120 - extension.length).join('') + extension
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}
