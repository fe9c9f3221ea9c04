import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading the new batch">
      <div className="page flex flex-col gap-5">
        <Skeleton className="h-6 w-40" />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
          <div className="grid gap-4">
            <Skeleton className="h-52 w-full rounded-lg!" />
            <Skeleton className="h-32 w-full rounded-lg!" />
          </div>
          <Skeleton className="h-96 w-full rounded-lg!" />
        </div>
      </div>
    </SkeletonPage>
  )
}
