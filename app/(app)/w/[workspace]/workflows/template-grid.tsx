import { ButtonLink } from '#app/_ui/button.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkflowSummary } from '#lib/workflows/stored/shapes.ts'
import { MakeWorkflow } from './make-workflow.tsx'
import { MiniGraph } from './mini-graph.tsx'

export type TemplateSummary = WorkflowSummary & { /** Business area. */ area: string }

/** The workflows that come with Baton, each ready to try with its own sample. */
export function TemplateGrid({ templates }: { templates: readonly TemplateSummary[] }) {
  const { path } = useWorkspace()
  return (
    <section aria-labelledby="templates" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="templates" className="text-16">
          Start from a template
        </h2>
        <p className="text-soft">Each brings a fictional document, so you can see it work first.</p>
      </div>
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {templates.map(({ name, title, summary, area, steps }) => (
          <li key={name} className="panel flex flex-col overflow-hidden min-w-0">
            <div className="bg-well border-b border-line">
              <MiniGraph steps={steps} />
            </div>
            <div className="px-3.5 py-3 flex flex-col gap-2.5 flex-1">
              <div>
                <h3 className="text-14">{title}</h3>
                <p className="text-12 text-soft mt-0.5">{summary}</p>
              </div>
              <div className="flex items-center gap-2 mt-auto">
                <span className="text-12 text-soft">
                  {area}, {steps.length} steps
                </span>
                <span className="ml-auto" />
                <MakeWorkflow size="sm" kind="ghost" from={name} aria-label={`Copy ${title}`}>
                  Copy
                </MakeWorkflow>
                <ButtonLink size="sm" href={path(`/workflows/${name}`)} aria-label={`Try ${title}`}>
                  Try it
                </ButtonLink>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
