// Real files of many makers and 240 damaged ones go the way of an upload: a process each, within its limits. Each must
// end with text or with the reason why there is none, and the process that reads them must not grow.
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { MAX_DOCUMENT_TEXT } from '#lib/documents/states.ts'
import { isWellFormed } from '#lib/text.ts'
import { type Parsed, runParser } from '../worker/documents/run-parser.ts'
import { type CorpusFile, type Variant, variantsOf } from './corpus-variants.ts'
import { type Figure, median, rounded } from './figures.ts'

const CORPUS = join(import.meta.dirname, 'corpus')
const VARIANTS = 240
const SEED = 20_261_125
const AT_ONCE = 2
/** Readings of the process's size at each end, of which the median counts. */
const WINDOW = 60

type Outcome = { file: Variant; said: string; handled: boolean; bytes: number }

export async function parseCorpus(): Promise<Figure[]> {
  const files = await corpusFiles()
  const variants = await variantsOf(files, VARIANTS, SEED)
  const all = [...files.map((file) => ({ ...file, kind: 'as it is' })), ...variants]
  const outcomes = await readAll(all)
  report(outcomes)
  const share = (100 * outcomes.filter(({ handled }) => handled).length) / outcomes.length
  const sizes = outcomes.map(({ bytes }) => bytes)
  const growth = rounded(median(sizes.slice(-WINDOW)) / median(sizes.slice(WINDOW, 2 * WINDOW)))
  console.log(`the process that reads them: ${growth} times its size over ${all.length} files`)
  const met = share === 100 && growth <= 1.1
  return [
    {
      name: 'parse_corpus',
      unit: '%',
      ours: rounded(share),
      peers: {},
      goal: `100, of ${all.length} files, memory at most 1.1 times (${growth})`,
      met,
    },
  ]
}

async function corpusFiles(): Promise<CorpusFile[]> {
  const names = (await readdir(CORPUS, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'SOURCES.md')
    .map(({ name }) => name)
    .toSorted()
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(CORPUS, name)) })))
}

async function readAll(files: readonly Variant[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const left = files.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const file of left) outcomes.push({ ...(await read(file)), bytes: process.memoryUsage.rss() })
    }),
  )
  return outcomes
}

async function read(file: Variant): Promise<Omit<Outcome, 'bytes'>> {
  const { signal } = new AbortController()
  const extension = extname(file.name).slice(1) || 'none'
  try {
    const parsed = await runParser(Readable.from([file.bytes], { objectMode: true }), { extension, signal })
    return { file, said: saidBy(parsed), handled: isHandled(file, parsed) }
  } catch (error) {
    return { file, said: `crashed: ${String(error)}`, handled: false }
  }
}

function saidBy(parsed: Parsed): string {
  if (parsed.kind === 'text') return 'text'
  return parsed.kind === 'refused' ? parsed.reason : `broke off: ${parsed.why}`
}

/** What is locked has to be told from what is damaged, and a text must be one that can be stored. */
function isHandled({ kind }: Variant, parsed: Parsed): boolean {
  if (parsed.kind === 'broke') return false
  if (parsed.kind === 'refused') return kind !== 'encrypted' || parsed.reason === 'encrypted'
  const { pages } = parsed.text
  const length = pages.reduce((sum, page) => sum + page.length, 0)
  return kind !== 'encrypted' && length > 0 && length <= MAX_DOCUMENT_TEXT && pages.every(isWellFormed)
}

function report(outcomes: readonly Outcome[]): void {
  for (const [kind, group] of Map.groupBy(outcomes, ({ file }) => file.kind)) {
    const counts = [...Map.groupBy(group, ({ said }) => said)].map(([said, list]) => `${said} ${list.length}`)
    console.log(`${kind}: ${counts.join(', ')}`)
  }
  for (const { file, said } of outcomes.filter(({ handled }) => !handled).slice(0, 40))
    console.log(`NOT HANDLED: ${file.name} (${file.kind}): ${said}`)
}
