import { Cpu, Ruler } from 'lucide-react'
import type { ResultInfo } from '#lib/workers/define.ts'

/** Who answered, without flattering: rules are called rules. */
export function EngineBadge({ info }: { info: ResultInfo }) {
  const { engine } = info
  return (
    <span className="tag h-6! px-2! text-ink! whitespace-normal!">
      {engine.kind === 'rules' ? <Ruler className="i-sm" aria-hidden /> : <Cpu className="i-sm" aria-hidden />}
      {engineWords(info)}
    </span>
  )
}

export function engineWords({ engine }: ResultInfo): string {
  if (engine.kind === 'rules') return 'Built-in rules, no AI model'
  return `Model: ${engine.model ?? engine.name}${engine.endpointHost ? ` @ ${engine.endpointHost}` : ''}`
}
