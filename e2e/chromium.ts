// A Chromium for the browser tests: the system's or Playwright's own where there is one, else the one inside an npm
// package, unpacked once.
import packed from '@sparticuz/chromium'
import { chromium } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

type Browser = { executablePath: string; env?: Record<string, string> }

export async function installedChromium(): Promise<Browser> {
  const installed = [...SYSTEM, chromium.executablePath()].find((path) => existsSync(path))
  return installed ? { executablePath: installed } : unpackedChromium()
}

/** Brings the libraries and fonts it needs along, so that nothing has to be installed on the machine. */
async function unpackedChromium(): Promise<Browser> {
  const folder = await unpacked()
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...definedEnv(), FONTCONFIG_PATH: folder, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
  }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

async function unpacked(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'),
  )
  const folder = join(tmpdir(), `baton-chromium-${version}-with-libraries-${userInfo().uid}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.${randomBytes(4).toString('hex')}`
  mkdirSync(part, { mode: 0o700 })
  // The package unpacks into the temporary folder as such, takes whatever is there already for its own, and unpacks
  // the libraries only where it believes to run on Amazon Linux.
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' })
  try {
    await packed.executablePath()
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV'] as const) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
  writeFileSync(
    join(part, 'fonts.conf'),
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  )
  try {
    renameSync(part, folder)
  } catch {
    // Another run was first.
    rmSync(part, { recursive: true, force: true })
  }
  return folder
}
