'use client'

import { useDeferredValue, useState } from 'react'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { TabPanel, Tabs } from '#app/_ui/tabs.tsx'
import type { CatalogueWorker } from './catalogue.ts'
import { curlCommand, shortened } from './curl.ts'
import { type Draft, draftOf, type GivenText, requestOf } from './draft.ts'
import { HighlightedJson } from './highlighted-json.tsx'
import { readRequest } from './read-request.ts'
import { RequestSummary } from './request-summary.tsx'

type Look = 'form' | 'json' | 'curl'
/** The JSON as typed, and the draft it belongs to. */
type Edited = { text: string; draft: Draft }

/** The same task as words, as JSON (edits come back into the form) and as a command. */
export function CodePanel({
  draft,
  given,
  onDraft,
  workers,
  url,
}: {
  draft: Draft
  given: GivenText | null
  onDraft: (draft: Draft) => void
  workers: readonly CatalogueWorker[]
  url: string
}) {
  const [look, setLook] = useState<Look>('curl')
  // Held here, so that what is half typed outlives a look at another tab.
  const [edited, setEdited] = useState<Edited | null>(null)
  const request = requestOf(draft, given)
  const code = () =>
    look === 'json' ? JSON.stringify(request, null, 2) : curlCommand(url, request, draft.idempotencyKey)
  return (
    <section className="panel" aria-label="The same task as code">
      <Tabs
        value={look}
        onChange={setLook}
        label="The same task as"
        tabs={[
          { value: 'form', label: 'Form' },
          { value: 'json', label: 'JSON' },
          { value: 'curl', label: 'cURL' },
        ]}
        end={look === 'form' ? null : <CopyButton text={code} label={look === 'json' ? 'Copy JSON' : 'Copy cURL'} />}
      >
        <TabPanel value="form">
          <RequestSummary draft={draft} worker={workers.find((worker) => worker.name === draft.worker)} />
        </TabPanel>
        <TabPanel value="json">
          <JsonEditor
            draft={draft}
            given={given}
            onDraft={onDraft}
            edited={edited}
            onEdited={setEdited}
            workers={workers.map((worker) => worker.name)}
          />
        </TabPanel>
        <TabPanel value="curl">
          <CodeBlock label="cURL command" className="bg-well max-h-112 overflow-y-auto">
            <HighlightedJson text={curlCommand(url, shortened(request, 24), draft.idempotencyKey)} />
          </CodeBlock>
          <p className="hint px-3.5 py-2.5 border-t border-line">
            {request.input['text'] === draft.text
              ? 'Copied, it has the whole text.'
              : 'It names the document in place of its text.'}{' '}
            <span className="mono">BATON_API_KEY</span> is a key from the API keys page with the scope run.
          </p>
        </TabPanel>
      </Tabs>
    </section>
  )
}

function JsonEditor({
  draft,
  given,
  onDraft,
  edited,
  onEdited,
  workers,
}: {
  draft: Draft
  given: GivenText | null
  onDraft: (draft: Draft) => void
  edited: Edited | null
  onEdited: (edited: Edited) => void
  workers: readonly string[]
}) {
  const written = JSON.stringify(requestOf(useDeferredValue(draft), given), null, 2)
  // What was typed stays as typed until the form itself changes.
  const text = edited?.draft === draft ? edited.text : written
  const read = readRequest(text, workers, given?.part)
  function type(next: string) {
    const result = readRequest(next, workers, given?.part)
    if ('problem' in result) {
      onEdited({ text: next, draft })
      return
    }
    const changed = draftOf(result.request, draft, given)
    onEdited({ text: next, draft: changed })
    onDraft(changed)
  }
  return (
    <div className="bg-well rounded-b-lg">
      <label className="sr" htmlFor="request-json">
        The request as JSON
      </label>
      <textarea
        id="request-json"
        spellCheck={false}
        rows={14}
        value={text}
        onChange={(event) => type(event.target.value)}
        aria-invalid={'problem' in read ? true : undefined}
        aria-describedby="request-json-hint"
        className="mono leading-5 p-3.5 w-full block bg-transparent text-ink resize-y focus-visible:-outline-offset-2"
      />
      <p
        id="request-json-hint"
        role={'problem' in read ? 'alert' : undefined}
        className={`px-3.5 py-2.5 border-t border-line text-12 ${'problem' in read ? 'text-failed-fg' : 'text-faint'}`}
      >
        {'problem' in read ? `${read.problem} The form keeps its last state.` : 'Edits here change the form.'}
      </p>
    </div>
  )
}
