/** An output of a step for people: a text, a list of texts, else its JSON. */
export function ShownOutput({ title, value }: { title: string; value: unknown }) {
  return (
    <div className="min-w-0">
      <h4 className="text-12 text-soft font-medium">{title}</h4>
      <div className="mt-1 rounded-md border border-line bg-well px-3 py-2 text-13 leading-5 max-h-60 overflow-y-auto [overflow-wrap:anywhere]">
        <Value value={value} />
      </div>
    </div>
  )
}

function Value({ value }: { value: unknown }) {
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (value === null || value === '' || (isList && value.length === 0))
    return <p className="text-soft">Nothing was found.</p>
  if (typeof value === 'string')
    return (
      <p className="whitespace-pre-line" dir="auto">
        {value}
      </p>
    )
  if (isList)
    return (
      <ul className="list-disc pl-4 grid gap-1 marker:text-faint" dir="auto">
        {value.map((item, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- items may repeat; their order is fixed
          <li key={index}>{item}</li>
        ))}
      </ul>
    )
  return <pre className="mono whitespace-pre-wrap">{JSON.stringify(value, null, 2)}</pre>
}
