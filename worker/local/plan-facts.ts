// What a plan by rules is made from.
import type { KindOfText, Want } from './goal.ts'

export type PlanFacts = {
  wants: ReadonlySet<Want>
  /** Those that the goal names itself. */
  asked: ReadonlySet<Want>
  kind: KindOfText | null
  language: string | null
  /** The language to translate into; null = none. */
  target: string | null
  short: boolean
  /** How it is read in parts; null = as a whole. */
  parts: 'pages' | 'chunks' | null
  pages: number
  length: number
}
