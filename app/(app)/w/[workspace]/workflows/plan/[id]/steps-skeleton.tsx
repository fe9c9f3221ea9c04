import { Skeleton } from '#app/_ui/skeleton.tsx'

/** Where the steps will stand. */
export function StepsSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start">
      <div className="panel">
        <div className="panel-h">
          <Skeleton className="h-3.5 w-16" />
        </div>
        {['a', 'b', 'c', 'd'].map((key) => (
          <div key={key} className="flex gap-3 px-3.5 py-3 border-t border-line first:border-t-0">
            <Skeleton className="size-5" />
            <div className="grid gap-2 flex-1">
              <Skeleton className="h-3.5 w-48 max-w-full" />
              <Skeleton className="h-3 w-80 max-w-full" />
            </div>
          </div>
        ))}
      </div>
      <Skeleton className="h-80 w-full max-lg:hidden" />
    </div>
  )
}
