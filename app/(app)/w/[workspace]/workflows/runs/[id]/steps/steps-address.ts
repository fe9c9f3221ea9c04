// What of the steps is shown, as the address has it. Without a view the address means the report.
import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const STEP_VIEWS = ['graph', 'waterfall', 'list'] as const
export type StepView = (typeof STEP_VIEWS)[number]

export const viewParser = parseAsStringLiteral(STEP_VIEWS)
/** The step beside the view. */
export const stepParser = parseAsString
