import type { Route } from 'next'
import Link from 'next/link'

/** Each leads to the runs that have it too. */
export function Tags({ tags, path }: { tags: readonly string[]; path: (rest: string) => string }) {
  if (tags.length === 0) return null
  return (
    <span className="relative z-10 inline-flex flex-wrap gap-1 min-w-0">
      {tags.map((tag) => (
        <Link
          key={tag}
          className="tag hover:bg-hover"
          href={path(`/workflows?tag=${encodeURIComponent(tag)}`) as Route}
        >
          {tag}
        </Link>
      ))}
    </span>
  )
}
