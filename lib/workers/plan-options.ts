// The options of a step of a plan. No schemas, so that pages can use it.

/** Plans list them, since a model cannot be asked for free keys. */
export function optionsOf({
  options,
}: {
  options: readonly { name: string; value: unknown }[]
}): Record<string, unknown> {
  return Object.fromEntries(options.map((one) => [one.name, one.value]))
}
