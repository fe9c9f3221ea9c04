'use client'

import { useState } from 'react'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import type { CatalogueWorker } from './catalogue.ts'
import { resultFields } from './result-shape.ts'

/** What comes back: the fields of the result, or an example of it. */
export function ResultPanel({ worker }: { worker: CatalogueWorker }) {
  const [look, setLook] = useState<'schema' | 'example'>('schema')
  return (
    <Panel
      title="What comes back"
      end={
        <Segmented
          label="Show as"
          value={look}
          onChange={setLook}
          segments={[
            { value: 'schema', label: 'Schema' },
            { value: 'example', label: 'Example' },
          ]}
        />
      }
    >
      {look === 'schema' ? (
        <table className="w-full text-12 table-fixed">
          <caption className="sr">Fields of the result of the {worker.title}</caption>
          <thead className="sr">
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {resultFields(worker.output).map((field) => (
              <tr key={field.name} className="*:border-t *:border-line first:*:border-t-0">
                <th scope="row" className="mono text-left font-medium! pl-3.5 py-1.5 align-top w-[34%] truncate">
                  {field.name}
                </th>
                <td
                  className="pr-3.5 py-1.5 text-right text-soft mono [overflow-wrap:anywhere]"
                  title={field.description ?? undefined}
                >
                  {field.type}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <CodeBlock
          label={`Example result of the ${worker.title}`}
          className="max-h-96 overflow-y-auto bg-well rounded-b-lg"
        >
          {JSON.stringify(worker.exampleOutput, null, 2)}
        </CodeBlock>
      )}
    </Panel>
  )
}
