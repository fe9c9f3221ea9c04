import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export function PeekSkeleton() {
  return (
    <SkeletonPage className="grid gap-2" label="Loading the step">
      <Skeleton className="h-4 w-16" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-11/12" />
      <Skeleton className="h-24 w-full mt-2" />
    </SkeletonPage>
  )
}
