// The report as a file, whole or of chosen parts.
import { z } from 'zod'
import { oneLine } from '#lib/workers/escape-markdown.ts'
import { chooseParts } from './choice.ts'
import { reportDocx } from './file/docx.ts'
import { type FileFrame, reportPdf } from './file/pdf.ts'
import { reportMarkdown } from './markdown.ts'
import { type PartName, type Report, REPORT_PARTS } from './shape.ts'

export const REPORT_FORMATS = ['markdown', 'docx', 'pdf', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const REPORT_MEDIA_TYPES: Record<ReportFormat, string> = {
  markdown: 'text/markdown; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
}

const EXTENSIONS: Record<ReportFormat, string> = { markdown: 'md', docx: 'docx', pdf: 'pdf', json: 'json' }

/** What the address of an export asks for; `parts` are joined by commas, all of them when it is left out. */
export const reportQuery = z.strictObject({
  format: z.enum(REPORT_FORMATS).default('markdown'),
  parts: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(REPORT_PARTS)).min(1))
    .optional()
    .meta({ description: `Of ${REPORT_PARTS.join(', ')}, joined by commas; all when left out.` }),
})

export type ReportFile = { body: string | Uint8Array<ArrayBuffer>; contentType: string; fileName: string }

export async function reportExport(
  report: Report,
  { format, parts }: { format: ReportFormat; parts?: readonly PartName[] },
  frame: FileFrame,
): Promise<ReportFile> {
  const chosen = parts === undefined ? report : chooseParts(report, parts)
  return {
    body: await bodyOf(chosen, format, frame),
    contentType: REPORT_MEDIA_TYPES[format],
    fileName: `${oneLine(chosen.title)} - report.${EXTENSIONS[format]}`,
  }
}

async function bodyOf(report: Report, format: ReportFormat, frame: FileFrame): Promise<ReportFile['body']> {
  switch (format) {
    case 'markdown':
      return reportMarkdown(report)
    case 'docx':
      return reportDocx(report, frame)
    case 'pdf':
      return reportPdf(report, frame)
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
  }
}
