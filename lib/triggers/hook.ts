// The address of a webhook: both ids in 43 letters, which alone let nobody in. Pure.

/** The last part of a webhook's address: it names the workspace too, whose rows nobody sees without. */
export function hookOf({ workspaceId, id }: { workspaceId: string; id: string }): string {
  return Buffer.from(`${workspaceId}${id}`.replaceAll('-', ''), 'hex').toString('base64url')
}

export function readHook(hook: string): { workspaceId: string; id: string } | null {
  const bytes = /^[A-Za-z0-9_-]{43}$/.test(hook) ? Buffer.from(hook, 'base64url') : null
  if (bytes?.length !== 32) return null
  const hex = bytes.toString('hex')
  return { workspaceId: uuidOf(hex.slice(0, 32)), id: uuidOf(hex.slice(32)) }
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
