/** The command that asks the API for the same; the key stays in the shell. */
export function curlFor(path: string): string {
  return `curl '${window.location.origin}${path}' -H "Authorization: Bearer $BATON_API_KEY"`
}
