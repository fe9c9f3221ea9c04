import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading batches">
      <div className="page flex flex-col gap-4">
        <div className="grid gap-2">
          <Skeleton className="h-6 w-56" />
          <Skeleton className="h-3 w-80 max-w-full" />
        </div>
        <div className="panel">
          {['a', 'b', 'c', 'd', 'e'].map((row) => (
            <div key={row} className="flex items-center gap-6 px-3.5 h-16 border-b border-line last:border-b-0">
              <Skeleton className="h-3 w-48" />
              <Skeleton className="h-5 w-20 ml-auto" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonPage>
  )
}
