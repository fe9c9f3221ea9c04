import JSZip from 'jszip'
import mammoth from 'mammoth'
import { extractLinks, extractText, getDocumentProxy, getMeta } from 'unpdf'
import { beforeAll, expect, test } from 'vitest'
import { workerNamed } from '#lib/workers/registry.ts'
import { chooseParts } from '../choice.ts'
import { reportMarkdown } from '../markdown.ts'
import type { Report } from '../shape.ts'
import { reportOf } from '../report.ts'
import { exampleText, runOf, stepOf } from '../../test-run.ts'
import { reportDocx } from './docx.ts'
import { reportPdf } from './pdf.ts'

const FRAME = { workspace: 'Northgate Claims', address: 'https://baton.example.com/w/north/workflows/runs/1' }
const WORKERS = ['summarizer', 'sentiment-analyzer', 'category-classifier', 'document-analyzer', 'question-generator']

/** Every worker's example in one text, the places of its quotes moved along. */
const whole = wholeReport()

function wholeReport(): Report {
  const texts = WORKERS.map(exampleText)
  const text = texts.join('\n\n')
  const steps = WORKERS.map((worker, index) => {
    const shift = texts.slice(0, index).join('\n\n').length + (index === 0 ? 0 : 2)
    const moved = JSON.stringify(workerNamed(worker).example.output, (key, value: unknown) =>
      (key === 'start' || key === 'end') && typeof value === 'number' ? value + shift : value,
    )
    return stepOf(worker, { result: JSON.parse(moved) })
  })
  const blocked = stepOf('translator', { status: 'blocked', reason: 'needs_model', tokens: null, costMicros: null })
  return reportOf(runOf(text, [...steps, blocked]))
}

/** A report whose summary, document and title are of these words. */
function reportWith(summary: string, title = 'A letter'): Report {
  const quote = summary.split('\n')[0] ?? ''
  const evidence = [{ quote, start: 0, end: quote.length }]
  const result = { headline: null, summary, evidence, keyPoints: [] }
  return reportOf(runOf(summary, [stepOf('summarizer', { result })], { title }))
}

async function pdfText(report: Report): Promise<{ text: string; pages: number }> {
  const pdf = await getDocumentProxy(await reportPdf(report, FRAME))
  const { text, totalPages } = await extractText(pdf, { mergePages: true })
  return { text: text.replace(/\s+/g, ' '), pages: totalPages }
}

async function docxParts(report: Report): Promise<{ html: string; text: string; xml: string; core: string }> {
  const buffer = Buffer.from(await reportDocx(report, FRAME))
  const zip = await JSZip.loadAsync(buffer)
  const read = async (name: string) => (await zip.file(name)?.async('string')) ?? ''
  return {
    html: (await mammoth.convertToHtml({ buffer })).value,
    text: (await mammoth.extractRawText({ buffer })).value.replace(/\s+/g, ' '),
    xml: await read('word/document.xml'),
    core: await read('docProps/core.xml'),
  }
}

let pdf: Awaited<ReturnType<typeof pdfText>>
let docx: Awaited<ReturnType<typeof docxParts>>
beforeAll(async () => {
  ;[pdf, docx] = await Promise.all([pdfText(whole), docxParts(whole)])
})

/** Everything a worker said, and what the sheet says of it. */
function saidBy(report: Report): string[] {
  const said: string[] = [report.title, report.review, report.run]
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.includes(' ')) said.push(value)
    else if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  for (const part of report.parts) collect(part.content ?? part.missing?.message)
  return [...said, ...report.evidence.map(({ quote }) => quote)]
}

test('the PDF and the Word file say word for word what the report says', () => {
  const said = saidBy(whole)
  expect(said.length).toBeGreaterThan(30)
  for (const words of said) {
    const plain = words.replace(/\s+/g, ' ')
    expect(pdf.text).toContain(plain)
    expect(docx.text).toContain(plain)
  }
  for (const { title } of whole.making) for (const text of [pdf.text, docx.text]) expect(text).toContain(title)
  for (const words of ['14 of 14 quotes found word for word.', 'gpt-4.1-mini', '$0.0012', '1.8 s', 'Needs model'])
    for (const text of [pdf.text, docx.text]) expect(text).toContain(words)
})

test('a part that was not chosen is in neither file', async () => {
  const chosen = chooseParts(whole, ['risks', 'actions'])
  const files = await Promise.all([pdfText(chosen), docxParts(chosen)])
  for (const { text } of files) {
    expect(text).toContain('Temporary housing ends')
    expect(text).not.toMatch(/hose failed|Insights|Tone|help desk|Pilot cut/)
  }
})

test('the PDF names its title, is tagged with headings, lists and a table, and has an outline', async () => {
  const bytes = await reportPdf(whole, FRAME)
  const proxy = await getDocumentProxy(bytes.slice())
  const { info } = await getMeta(proxy)
  expect(info).toMatchObject({ Title: whole.title, Author: 'Northgate Claims', Language: 'en' })
  expect((await proxy.getMarkInfo())?.Marked).toBe(true)
  const outline = await proxy.getOutline()
  expect(outline.map(({ title }: { title: string }) => title)).toEqual([
    whole.title,
    ...['Tone', 'Categories', 'Insights', 'Risks', 'Actions', 'Questions', 'Translation', 'Quotes', 'How it was made'],
  ])
  const roles = new Set<string>()
  for (let page = 1; page <= proxy.numPages; page += 1) {
    const walk = (node: { role?: string; children?: unknown[] }): void => {
      if (node.role) roles.add(node.role)
      for (const child of node.children ?? []) walk(child as typeof node)
    }
    walk((await (await proxy.getPage(page)).getStructTree()) ?? {})
  }
  for (const role of ['Document', 'H1', 'H2', 'P', 'L', 'LI', 'LBody', 'Table', 'TR', 'TH', 'TD', 'Link'])
    expect([...roles]).toContain(role)
})

test('each number in the PDF leads to its quote, and the last line to the run', async () => {
  const proxy = await getDocumentProxy(await reportPdf(whole, FRAME))
  const targets: string[] = []
  for (let page = 1; page <= proxy.numPages; page += 1)
    for (const annotation of await (await proxy.getPage(page)).getAnnotations())
      if (typeof annotation.dest === 'string') targets.push(annotation.dest)
  const names = await proxy.getDestinations()
  expect(new Set(targets)).toEqual(new Set(whole.evidence.map(({ number }) => `quote-${number}`)))
  for (const target of targets) expect(names).toHaveProperty(target)
  expect((await extractLinks(proxy)).links).toContain(FRAME.address)
})

test('the Word file has headings, numbered lists, check boxes and tables, and each number leads to its quote', () => {
  const { html, xml, core } = docx
  expect(html).toContain('<h1>Tone</h1>')
  for (const heading of ['Categories', 'Insights', 'Risks', 'Actions', 'Questions', 'Quotes', 'How it was made'])
    expect(html).toContain(`<h1>${heading}</h1>`)
  expect(xml).toContain('<w:pStyle w:val="Title"/>')
  expect(html).toMatch(/<ol><li>Why was the bridge closed\?/)
  expect(xml).toContain('<w14:checkbox>')
  expect(html.match(/<table>/g)).toHaveLength(4)
  expect(xml.match(/<w:tblHeader/g)).toHaveLength(4)
  const linked = [...xml.matchAll(/w:anchor="(quote-\d+)"/g)].map(([, name]) => name)
  expect(new Set(linked)).toEqual(new Set(whole.evidence.map(({ number }) => `quote-${number}`)))
  for (const name of linked) expect(xml).toContain(`w:name="${name}"`)
  expect(core).toContain(`<dc:title>${whole.title}</dc:title>`)
  expect(xml).toContain('<w:lang w:val="en"')
})

test.each([
  ['Příliš žluťoučký kůň úpěl ďábelské ódy, über größte Straße, señor Łukasz, Đỗ Thị Hằng'],
  ['Жалоба на съешь ещё этих мягких французских булок, Їжак і ґанок'],
  ['Η ξεσκεπάζω την ψυχοφθόρα βδελυγμία, καλημέρα σας'],
  ['“Quotes” – dashes — and … 10 € £5 ¥7 ½ × ± § ° © ™ •'],
])('accents, Cyrillic and Greek come out of the PDF as they went in: %s', async (words) => {
  expect((await pdfText(reportWith(words))).text).toContain(words)
})

test.each([
  ['The invoice 请求书 is late.', 'The invoice [3 Chinese letters] is late.', '3 Chinese letters'],
  ['Ordered ありがとう 東京 today.', 'Ordered [7 Japanese letters] today.', '7 Japanese letters'],
  ['He wrote مرحبا بكم twice.', 'He wrote [8 Arabic letters] twice.', '8 Arabic letters'],
  ['Fine 👍🏽 then.', 'Fine [2 symbols] then.', '2 symbols'],
])('letters without a typeface are named in the PDF and said at its top: %s', async (words, shown, counted) => {
  const { text } = await pdfText(reportWith(words))
  expect(text).toContain(shown)
  expect(text).toMatch(new RegExp(`This PDF has no typeface for \\d+ ${counted.replace(/^\d+ /, '')}`))
  expect((await docxParts(reportWith(words))).text).toContain(words)
})

test('a file of known letters has no such note', () => {
  expect(pdf.text).not.toContain('no typeface')
})

test('Arabic runs from right to left in the Word file', async () => {
  const { xml } = await docxParts(reportWith('مرحبا بكم'))
  expect(xml).toContain('<w:bidi/>')
  expect(xml).toContain('<w:rtl/>')
})

test('control characters, markup and broken letters make no broken file', async () => {
  const evil = 'a\u0000b\u0007c \ud800 <w:p>&amp;</w:p> \u202eright ]]> \ufffe end'
  const { text } = await docxParts(reportWith(evil, evil))
  expect(text).toContain('abc')
  expect(text).toContain('<w:p>&amp;</w:p>')
  expect((await pdfText(reportWith(evil, evil))).text).toContain('<w:p>&amp;</w:p> right ]]> end')
})

test('a long translation goes over many pages, no line of it lost, and a word wider than a line is broken', async () => {
  const lines = Array.from({ length: 400 }, (_, index) => `Line ${index + 1} of the letter says that all is well.`)
  const long = `${lines.join('\n')}\n${'x'.repeat(300)}`
  const result = {
    ...(workerNamed('translator').example.output as object),
    translation: long,
    unchanged: false,
    targetLanguage: 'en',
  }
  const report = reportOf(runOf('Text', [stepOf('translator', { result })]))
  const { text, pages } = await pdfText(report)
  for (const line of lines) expect(text).toContain(line)
  expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(300)
  expect(pages).toBeGreaterThan(7)
  expect(text).toContain(`${pages} of ${pages}`)
  expect(reportMarkdown(report)).toContain(lines.at(-1))
})
