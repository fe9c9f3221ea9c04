/** One grey bar with the geometry of what comes; give it width and height. Wrap a page of them in SkeletonPage. */
export function Skeleton({ className = 'h-3 w-24' }: { className?: string }) {
  return <i className={`skel-solid block ${className}`} aria-hidden />
}

/** Appears after 150 ms, so that quick pages never flash. */
export function SkeletonPage({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: React.ReactNode
}) {
  return (
    <div className={`skel-late ${className}`} aria-busy="true">
      <output className="sr">{label}</output>
      {children}
    </div>
  )
}

/** A thin bar while old data stays and new data comes. */
export function RefetchBar({ busy }: { busy: boolean }) {
  return (
    <div className={`h-0.5 overflow-hidden ${busy ? '' : 'invisible'}`} aria-hidden>
      <i className="block h-full w-1/3 bg-accent rounded-full [animation:slide_1.2s_linear_infinite]" />
    </div>
  )
}
