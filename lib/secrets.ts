// Seals what is stored and must be read again, such as the keys that calls are signed with: AES-256-GCM under a key
// derived from BATON_SECRET. A sealed value opens only in the workspace and for the purpose that it was sealed for.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { type Env, env } from './env.ts'

export type Place = { workspaceId: string; purpose: string }

type Settings = Pick<Env, 'BATON_SECRET' | 'BATON_OLD_SECRETS'>
type Key = { id: string; bytes: Buffer }

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The value cannot be read: its key is not among the settings, it was moved, or changed. */
export class Unsealable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Unsealable'
  }
}

/** `v1.<key id>.<nonce, ciphertext and tag>`. @throws Error without BATON_SECRET */
export function seal(value: string, place: Place, settings: Settings = env()): string {
  const key = currentKey(settings)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  cipher.setAAD(contextOf(key, place))
  const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [VERSION, key.id, sealed.toString('base64url')].join('.')
}

/** @throws Unsealable */
export function unseal(sealed: string, place: Place, settings: Settings = env()): string {
  const [version, keyId, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Unsealable('A stored secret is in a form that this version cannot read.')
  const key = keysOf(settings).find(({ id }) => id === keyId)
  if (!key)
    throw new Unsealable(
      'A stored secret was sealed with another BATON_SECRET. Set it again, or name it in BATON_OLD_SECRETS.',
    )
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, NONCE_BYTES))
  decipher.setAAD(contextOf(key, place))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw new Unsealable('A stored secret was changed, or moved to where it was not sealed for.')
  }
}

/** Old keys still open, only the current one seals. */
function keysOf({ BATON_SECRET, BATON_OLD_SECRETS = '' }: Settings): Key[] {
  const secrets = [BATON_SECRET, ...BATON_OLD_SECRETS.split(',')].map((secret) => secret?.trim() ?? '')
  return secrets.filter((secret) => secret !== '').map(keyFrom)
}

function currentKey(settings: Settings): Key {
  const [key] = settings.BATON_SECRET ? keysOf(settings) : []
  if (!key) throw new Error('BATON_SECRET is not set. Start Baton with "npm start", which makes and keeps one.')
  return key
}

function keyFrom(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, 'baton', 'stored secrets', 32))
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 8) }
}

function contextOf({ id }: Key, { workspaceId, purpose }: Place): Buffer {
  return Buffer.from(JSON.stringify([VERSION, id, workspaceId, purpose]))
}
