'use client'

import type { Engine } from '#lib/tasks/states.ts'
import type { ConnectedModel } from './catalogue.ts'

/** Which engine answers, and where the text goes. */
export function EngineChoice({
  value,
  onChange,
  model,
  needsModel,
}: {
  value: Engine
  onChange: (engine: Engine) => void
  model: ConnectedModel | null
  needsModel: boolean
}) {
  const choices: { engine: Engine; title: string; note: string; mono?: boolean }[] = [
    {
      engine: 'auto',
      title: 'Automatic',
      note: model
        ? `Now: ${model.name}. Without a connected model it would be the built-in engine.`
        : 'Now: built-in engine, since no model is connected.',
    },
    {
      engine: 'rules',
      title: 'Built-in engine',
      note: needsModel
        ? 'Rules cannot translate: shows language, segments and names, then waits for a model.'
        : 'Rules, no AI model. Nothing leaves this server.',
    },
    model
      ? { engine: 'model', title: model.name, note: `AI model. The text goes to ${model.endpointHost}.`, mono: true }
      : { engine: 'model', title: 'AI model', note: 'None is connected: the task waits until one is.' },
  ]
  return (
    <fieldset className="rounded-md border border-line overflow-hidden min-w-0">
      <legend className="sr">Engine</legend>
      {choices.map((choice) => (
        <label
          key={choice.engine}
          className="flex items-start gap-2.5 px-2.5 py-2 max-md:py-3 cursor-pointer hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:-outline-offset-2 border-t border-line first-of-type:border-t-0"
        >
          <input
            aria-label={choice.title}
            aria-describedby={`engine-${choice.engine}`}
            type="radio"
            name="engine"
            value={choice.engine}
            checked={choice.engine === value}
            onChange={() => onChange(choice.engine)}
            className="radio mt-0.5 outline-none"
          />
          <span className="min-w-0 flex-1">
            <span className={`block font-medium truncate ${choice.mono ? 'mono leading-5!' : ''}`}>{choice.title}</span>
            <span id={`engine-${choice.engine}`} className="block text-12 text-soft">
              {choice.note}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
