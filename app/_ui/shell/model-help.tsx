'use client'

import { CodeBlock } from '../code-block.tsx'
import { CopyButton } from '../copy-button.tsx'

const MODEL_LINES = `OPENAI_API_KEY=sk-...
# or any server that speaks the same protocol, such as Ollama:
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1
OPENAI_MODEL=gpt-4.1-mini`

/** The lines that connect a model, with what they do. */
export function ModelHelp() {
  return (
    <section aria-label="Connect a model">
      <h3 className="text-13">Connect an AI model</h3>
      <p className="text-soft mt-1 max-w-[68ch]">
        Add these lines to <code className="mono">.env</code> in the project's folder and start Baton again. Texts then
        go to that server; without them, the built-in engine answers with rules and nothing leaves this machine.
      </p>
      <div className="relative mt-2">
        <CodeBlock label="Lines for .env" className="pr-12 bg-well border border-line rounded-md">
          {MODEL_LINES}
        </CodeBlock>
        <span className="absolute right-1.5 top-1.5">
          <CopyButton text={MODEL_LINES} label="Copy the lines" />
        </span>
      </div>
    </section>
  )
}
