import { SquarePen, Workflow } from 'lucide-react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'

/** Where a document's text can go. */
export type Targets = {
  /** Address of the form of a new task, with the document; more parameters may follow. */
  newTask: string
  workflows: readonly { title: string; href: string }[]
  taskRefusal: string | null
  runRefusal: string | null
}

/** With one worker, or in a workflow. */
export function UseButtons({
  targets,
  pages,
  taskLabel,
  workflowLabel,
  refusal = null,
  wide = false,
}: {
  targets: Targets
  /** `2-5`; null for all of it. */
  pages: string | null
  taskLabel: string
  workflowLabel: string
  /** Why neither works now. */
  refusal?: string | null
  /** On phones each has a line of its own, above the others. */
  wide?: boolean
}) {
  const more = pages === null ? '' : `&pages=${pages}`
  const noRun = refusal ?? targets.runRefusal
  const noTask = refusal ?? targets.taskRefusal
  const className = wide ? 'max-md:basis-full max-md:-order-2' : ''
  const workflow = (
    <Button
      icon={<Workflow aria-hidden />}
      disabledReason={noRun}
      className={wide ? 'max-md:basis-full max-md:-order-1' : ''}
    >
      {workflowLabel}
    </Button>
  )
  return (
    <>
      {noRun ? (
        workflow
      ) : (
        <Menu trigger={workflow} align="end">
          {targets.workflows.map(({ title, href }) => (
            <MenuItem key={href} href={`${href}${more}`}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      )}
      {noTask ? (
        <Button kind="primary" className={className} icon={<SquarePen aria-hidden />} disabledReason={noTask}>
          {taskLabel}
        </Button>
      ) : (
        <ButtonLink
          kind="primary"
          className={className}
          icon={<SquarePen aria-hidden />}
          href={`${targets.newTask}${more}`}
        >
          {taskLabel}
        </ButtonLink>
      )}
    </>
  )
}
