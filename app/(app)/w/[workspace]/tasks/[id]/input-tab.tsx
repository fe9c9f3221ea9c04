import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'

export function InputTab({ task }: { task: TaskDetail }) {
  const { text, ...options } = task.input
  return (
    <div className="p-4 lg:px-5 grid gap-4">
      <Panel
        title="Text"
        count={text.length}
        note="characters"
        level={3}
        end={<CopyButton text={text} label="Copy the text" />}
      >
        <div className="doc whitespace-pre-wrap [overflow-wrap:anywhere] px-5 py-4 max-w-[72ch]" dir="auto">
          {text}
        </div>
      </Panel>
      <Panel
        title="Options"
        level={3}
        end={<CopyButton text={() => JSON.stringify(options, null, 2)} label="Copy the options" />}
      >
        <CodeBlock label="Options as JSON" className="bg-well rounded-b-lg">
          {JSON.stringify(options, null, 2)}
        </CodeBlock>
      </Panel>
    </div>
  )
}
