/** The same limit as in lib/workers/define.ts, which also brings the schemas that a browser does not need. */
export const MAX_TEXT_LENGTH = 200_000
