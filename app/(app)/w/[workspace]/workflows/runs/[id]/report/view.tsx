'use client'

import { FileText, ListChecks, ScrollText } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { DocumentPane } from '#app/_ui/document-pane.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { numberEvidence } from '#lib/workers/evidence-numbers.ts'
import { chooseParts } from '#lib/workflows/report/choice.ts'
import type { PartName, Report } from '#lib/workflows/report/shape.ts'
import { EvidenceContext } from './evidence-context.ts'
import { ReportAside } from './aside.tsx'
import { ReportExportBar } from './export-bar.tsx'
import { ReportSheet } from './sheet.tsx'
import { ReportUses } from './uses-panel.tsx'
import { scrollIntoPane } from '../scroll-into-pane.ts'

/** On phones one pane at a time. */
type Pane = 'report' | 'text' | 'parts'

/** The report between its parts and the text it is about; each number points from one into the other. */
export function ReportView({ report: whole, text, workspace }: { report: Report; text: string; workspace: string }) {
  const [hidden, setHidden] = useState<readonly PartName[]>([])
  const [active, setActive] = useState<number | null>(null)
  const [pane, setPane] = useState<Pane>('report')
  const names = whole.parts.map(({ name }) => name).filter((name) => !hidden.includes(name))
  const report = names.length === whole.parts.length ? whole : chooseParts(whole, names)
  const { marks, numberOf } = numberEvidence(report.parts)

  function toggle(name: PartName) {
    // The places get other numbers.
    setActive(null)
    setHidden(hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name])
  }
  function showPlace(number: number) {
    setActive(number)
    setPane('text')
    requestAnimationFrame(() => scrollIntoPane(document.getElementById(`ev-${number}`)))
  }
  function showUse(number: number) {
    setActive(number)
    setPane('report')
    requestAnimationFrame(() => scrollIntoPane(document.querySelector('[data-print] .evn.on')))
  }
  function showPart(name: PartName) {
    setPane('report')
    requestAnimationFrame(() => scrollIntoPane(document.getElementById(`report-${name}`)))
  }
  function step(by: 1 | -1) {
    if (marks.length === 0) return
    showPlace(active === null ? (by === 1 ? 1 : marks.length) : ((active - 1 + by + marks.length) % marks.length) + 1)
  }
  function press(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    if (marks.length === 0 || !(event.target as HTMLElement).matches('.evn, #document')) return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  const only = (name: Pane) => (pane === name ? '' : 'max-md:hidden print:block')
  return (
    <EvidenceContext value={{ numberOf, active, activate: showPlace }}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- one arrow-key handler for the chips inside */}
      <div className="flex-1 min-h-0 min-w-0 flex flex-col" onKeyDown={press}>
        <ReportExportBar report={report} whole={whole} workspace={workspace} />
        <div className="md:hidden px-4 py-3 border-b border-line">
          <Segmented<Pane>
            label="Show"
            fill
            value={pane}
            onChange={setPane}
            segments={[
              { value: 'report', label: 'Report', icon: <ScrollText aria-hidden /> },
              { value: 'text', label: 'Text', icon: <FileText aria-hidden /> },
              { value: 'parts', label: 'Parts', icon: <ListChecks aria-hidden /> },
            ]}
          />
        </div>
        <div className="fit-grid flex-1 min-h-0 min-w-0 grid max-md:content-start lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[192px_minmax(0,1fr)_340px] min-[87.5rem]:grid-cols-[212px_minmax(0,1fr)_384px]">
          <aside
            className={`fit-pane min-w-0 max-xl:order-3 max-xl:col-span-full max-xl:border-t xl:border-r border-line md:max-xl:grid md:max-xl:grid-cols-2 ${only('parts')}`}
            aria-label="Parts and making"
          >
            <ReportAside report={whole} hidden={hidden} onToggle={toggle} />
          </aside>
          <div className={`fit-pane min-w-0 bg-ground md:px-6 md:py-6 max-md:bg-raised ${only('report')}`}>
            <ReportSheet report={report} />
          </div>
          <div
            className={`min-w-0 min-h-0 bg-well flex flex-col lg:border-l max-lg:border-t border-line ${only('text')}`}
          >
            <div className="flex-1 min-h-0 flex flex-col lg:max-xl:flex-none lg:max-xl:sticky lg:max-xl:top-12 lg:max-xl:max-h-[calc(100dvh-4.5rem)]">
              <DocumentPane
                text={text}
                language={report.language}
                marks={marks}
                count={marks.length}
                active={active}
                onActivate={showUse}
                onStep={step}
                className="flex-1 border-0! lg:max-xl:min-h-0 lg:max-xl:overflow-y-auto"
                headerClassName="max-lg:top-12 lg:top-0"
              />
              <ReportUses report={report} active={active} onGo={showPart} />
            </div>
          </div>
        </div>
      </div>
    </EvidenceContext>
  )
}
