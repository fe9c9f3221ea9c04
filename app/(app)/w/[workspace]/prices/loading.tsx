import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading prices">
      <div className="page flex flex-col gap-4">
        <Skeleton className="h-6 w-48" />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
          <Skeleton className="h-72 w-full rounded-lg!" />
          <Skeleton className="h-72 w-full rounded-lg!" />
        </div>
      </div>
    </SkeletonPage>
  )
}
