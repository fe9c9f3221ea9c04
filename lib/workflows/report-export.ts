// The report as a file, whole or of chosen parts.
import { z } from 'zod'
import { oneLine } from '#lib/workers/escape-markdown.ts'
import { chooseParts } from './report-choice.ts'
import { reportMarkdown } from './report-markdown.ts'
import { type PartName, type Report, REPORT_PARTS } from './report-shape.ts'

export const REPORT_FORMATS = ['markdown', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const REPORT_MEDIA_TYPES: Record<ReportFormat, string> = {
  markdown: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

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

export type ReportFile = { body: string; contentType: string; fileName: string }

export function reportExport(
  report: Report,
  { format, parts }: { format: ReportFormat; parts?: readonly PartName[] },
): ReportFile {
  const chosen = parts === undefined ? report : chooseParts(report, parts)
  return {
    body: format === 'json' ? `${JSON.stringify(chosen, null, 2)}\n` : reportMarkdown(chosen),
    contentType: REPORT_MEDIA_TYPES[format],
    fileName: `${oneLine(chosen.title)} - report.${format === 'json' ? 'json' : 'md'}`,
  }
}
