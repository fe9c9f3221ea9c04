import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading the batch">
      <div className="page flex flex-col gap-4">
        <div className="grid gap-2">
          <Skeleton className="h-6 w-64" />
          <Skeleton className="h-3 w-80 max-w-full" />
        </div>
        <Skeleton className="h-40 w-full rounded-lg!" />
        <Skeleton className="h-72 w-full rounded-lg!" />
      </div>
    </SkeletonPage>
  )
}
