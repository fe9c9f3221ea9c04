import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="The events are loading" className="page grid gap-3">
      <Skeleton className="h-7 w-60" />
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} className="h-9" />
      ))}
    </SkeletonPage>
  )
}
