'use client'

import { Braces, FileCode, FileText, FileType, Printer } from 'lucide-react'
import { Button, buttonClass } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { reportMarkdown } from '#lib/workflows/report/markdown.ts'
import type { Report } from '#lib/workflows/report/shape.ts'

const FORMATS = [
  { format: 'markdown', label: 'Markdown', icon: FileCode },
  { format: 'docx', label: 'DOCX', icon: FileType },
  { format: 'pdf', label: 'PDF', icon: FileText },
  { format: 'json', label: 'JSON', icon: Braces },
] as const

/** Takes the chosen parts along. */
export function ReportExportBar({ report, whole, workspace }: { report: Report; whole: Report; workspace: string }) {
  const names = report.parts.map(({ name }) => name)
  const parts = names.length === whole.parts.length ? '' : `&parts=${names.join(',')}`
  const address = `/api/v1/workspaces/${workspace}/runs/${report.run}/report`
  const nothing = names.length === 0 ? 'No part is chosen.' : null
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 md:px-5 xl:px-6 py-2.5 border-b border-line print:hidden">
      <p className="text-12 text-soft min-w-0 flex-1 basis-40">
        {report.status === 'in_progress' ? 'Not complete yet. Exports hold what is there now.' : `${report.review}.`}
      </p>
      <div className="flex flex-wrap items-center gap-2 max-md:w-full">
        {FORMATS.map(({ format, label, icon: Icon }) =>
          nothing === null ? (
            <a
              key={format}
              href={`${address}?format=${format}${parts}`}
              download
              className={buttonClass('secondary', 'md', 'max-md:flex-1')}
            >
              <Icon aria-hidden />
              <span>
                <span className="sr">Download as </span>
                {label}
              </span>
            </a>
          ) : (
            <Button key={format} icon={<Icon aria-hidden />} disabledReason={nothing} className="max-md:flex-1">
              {label}
            </Button>
          ),
        )}
        <CopyButton text={() => reportMarkdown(report)} label="Copy the report as Markdown" kind="secondary" size="md">
          Copy
        </CopyButton>
        <IconButton
          kind="secondary"
          label="Print the report"
          icon={<Printer aria-hidden />}
          className="max-md:hidden"
          onClick={() => window.print()}
        />
      </div>
    </div>
  )
}
