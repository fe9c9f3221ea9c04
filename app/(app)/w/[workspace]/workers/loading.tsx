import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading workers">
      <div className="page flex flex-col gap-4">
        <div className="grid gap-2">
          <Skeleton className="h-6 w-72" />
          <Skeleton className="h-3 w-56" />
        </div>
        <div className="panel grid grid-cols-2 md:grid-cols-4 xl:grid-cols-5">
          {['a', 'b', 'c', 'd', 'e'].map((tile) => (
            <div key={tile} className="tile">
              <Skeleton className="h-3 w-20" />
              <Skeleton className="h-5 w-16" />
              <Skeleton className="h-3 w-24" />
            </div>
          ))}
        </div>
        <div className="panel">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
            <div key={row} className="flex items-center gap-3 px-3.5 h-16 border-b border-line last:border-b-0">
              <Skeleton className="size-8" />
              <Skeleton className="h-3 w-32" />
              <Skeleton className="h-4 w-40 ml-auto" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonPage>
  )
}
