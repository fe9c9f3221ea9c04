// The request as a shell command that works as it is copied. Pure.
import type { SubmitRequest } from '#lib/tasks/requests.ts'

/** Beyond this many bytes a shell may refuse an argument, so the body goes through standard input. */
const MAX_ARGUMENT_BYTES = 60_000

export function curlCommand(url: string, request: SubmitRequest, idempotencyKey: string): string {
  const body = JSON.stringify(request, null, 2)
  const head = [
    `curl ${quoted(url)}`,
    '-H "Authorization: Bearer $BATON_API_KEY"',
    "-H 'Content-Type: application/json'",
    ...(idempotencyKey === '' ? [] : [`-H ${quoted(`Idempotency-Key: ${idempotencyKey}`)}`]),
  ]
  // In the JSON every line break of the text is escaped, so no line of it can be the end mark.
  if (new TextEncoder().encode(body).length > MAX_ARGUMENT_BYTES)
    return `${[...head, "--data-binary @- <<'JSON'"].join(' \\\n  ')}\n${body}\nJSON`
  return [...head, `--data-raw ${quoted(body)}`].join(' \\\n  ')
}

/** One argument of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** The request with a long text cut, to be looked at, not sent. */
export function shortened(request: SubmitRequest, length = 48): SubmitRequest {
  const { text } = request.input
  if (typeof text !== 'string' || text.length <= length) return request
  return { ...request, input: { ...request.input, text: `${text.slice(0, length).trimEnd()}…` } }
}
