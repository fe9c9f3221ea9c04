// `npm test`: types, lint, format, unit and integration tests, then the stories in a real Chromium against the
// production build. Ends with one line, `N passed, N failed`, and a non-zero exit when anything failed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, isBuilt } from '../worker/launch/build.ts'

type Count = { passed: number; failed: number }

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
const folder = mkdtempSync(join(tmpdir(), 'baton-results-'))
const total: Count = { passed: 0, failed: 0 }

if (only !== 'e2e') {
  await step('Route types', ['next', 'typegen'])
  // Two cores: everything else one after the other beside the build.
  const built = buildStep()
  await step('Types', ['tsc', '--incremental', 'false'])
  await step('Lint', ['oxlint', '--type-aware'])
  await step('Format', ['oxfmt', '--check'])
  const file = join(folder, 'unit.json')
  await suite(
    'Unit and integration tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    file,
    unitCount,
  )
  await built
} else await buildStep()

if (isBuilt()) {
  const file = join(folder, 'e2e.json')
  await suite('Stories in Chromium', ['playwright', 'test', '--config', 'e2e/playwright.config.ts'], file, storyCount, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
}

rmSync(folder, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function step(title: string, command: string[]): Promise<void> {
  const startedAt = Date.now()
  const { code, output } = await run(command)
  report(title, code === 0, startedAt)
  if (code !== 0) console.log(output)
}

async function buildStep(): Promise<void> {
  if (isBuilt()) return
  const startedAt = Date.now()
  try {
    await build()
    report('Build', true, startedAt)
  } catch (error) {
    report('Build', false, startedAt)
    console.log(String(error))
  }
}

function report(title: string, passed: boolean, startedAt: number): void {
  total[passed ? 'passed' : 'failed'] += 1
  console.log(`${passed ? '✓' : '✗'} ${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
}

/** Counts what the suite reports; one that fails without a failed test, or reports nothing, is a failure itself. */
async function suite(
  title: string,
  command: string[],
  file: string,
  count: (results: unknown) => Count,
  env: Record<string, string> = {},
): Promise<void> {
  console.log(`\n${title}`)
  const { code } = await run(command, { show: true, env })
  const counted = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 }
  if (code !== 0 && counted.failed === 0) counted.failed = 1
  total.passed += counted.passed
  total.failed += counted.failed
}

function unitCount(results: unknown): Count {
  const { numPassedTests, numFailedTests } = results as { numPassedTests: number; numFailedTests: number }
  return { passed: numPassedTests, failed: numFailedTests }
}

function storyCount(results: unknown): Count {
  const { stats } = results as { stats: { expected: number; unexpected: number; flaky: number } }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected }
}

async function run(
  [name = '', ...args]: string[],
  { show = false, env = {} } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [programNamed(name), ...args], {
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
  })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk))
  const [code] = await once(child, 'close')
  return { code, output: Buffer.concat(output).toString() }
}

/** The script behind `node_modules/.bin/NAME`, without a shell in between. */
function programNamed(name: string): string {
  const owner = { tsc: 'typescript', playwright: '@playwright/test' }[name] ?? name
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(`node_modules/${owner}/package.json`, 'utf8'),
  )
  return join('node_modules', owner, typeof bin === 'string' ? bin : (bin[name] ?? ''))
}
