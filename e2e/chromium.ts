// A Chromium for the browser tests: the system's or Playwright's own where there is one, else the one inside an npm
// package, unpacked once.
import packed from '@sparticuz/chromium'
import { chromium } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

export async function chromiumPath(): Promise<string> {
  const installed = [...SYSTEM, chromium.executablePath()].find((path) => existsSync(path))
  return installed ?? unpacked()
}

async function unpacked(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'),
  )
  const folder = join(tmpdir(), `baton-chromium-${version}-${userInfo().uid}`)
  if (existsSync(folder)) return join(folder, 'chromium')
  const part = `${folder}.${randomBytes(4).toString('hex')}`
  mkdirSync(part, { mode: 0o700 })
  // The package unpacks into the temporary folder as such, and takes whatever is there already for its own.
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = part
  try {
    await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  try {
    renameSync(part, folder)
  } catch {
    // Another run was first.
    rmSync(part, { recursive: true, force: true })
  }
  return join(folder, 'chromium')
}
