/** The query of a page's address, as a string that parsers of addresses read. */
export function searchString(params: Record<string, string | string[] | undefined>): string {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value ?? []].flat().map((item) => [name, item]))
  return `?${new URLSearchParams(pairs)}`
}
