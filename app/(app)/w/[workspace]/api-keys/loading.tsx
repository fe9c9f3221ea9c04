import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading API keys">
      <div className="page flex flex-col gap-4">
        <div className="flex items-end">
          <div className="grid gap-2">
            <Skeleton className="h-6 w-56" />
            <Skeleton className="h-3 w-80 max-w-full" />
          </div>
          <Skeleton className="h-8 w-24 ml-auto max-md:hidden" />
        </div>
        <div className="panel">
          <div className="panel-h">
            <Skeleton className="h-3.5 w-16" />
          </div>
          {['a', 'b', 'c', 'd'].map((row) => (
            <div key={row} className="flex items-center gap-6 px-3.5 h-14 border-b border-line last:border-b-0">
              <Skeleton className="h-3 w-32" />
              <Skeleton className="h-3 w-28 max-md:hidden" />
              <Skeleton className="h-3 w-40 ml-auto" />
            </div>
          ))}
        </div>
      </div>
    </SkeletonPage>
  )
}
