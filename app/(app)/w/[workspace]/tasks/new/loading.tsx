import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function NewTaskLoading() {
  return (
    <SkeletonPage label="Loading the form">
      <div className="page flex flex-col gap-5">
        <div className="grid gap-2">
          <Skeleton className="h-7 w-36" />
          <Skeleton className="h-4 w-64" />
        </div>
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start">
          <div className="grid gap-4">
            <div className="panel">
              <div className="panel-h">
                <Skeleton className="h-3.5 w-20" />
              </div>
              <div className="p-3 grid gap-2 md:grid-cols-2">
                {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
                  <Skeleton key={key} className="h-14 w-full" />
                ))}
              </div>
            </div>
            <div className="panel">
              <div className="panel-h">
                <Skeleton className="h-3.5 w-16" />
              </div>
              <div className="p-3">
                <Skeleton className="h-88 w-full" />
              </div>
            </div>
          </div>
          <div className="panel max-lg:hidden">
            <div className="panel-h">
              <Skeleton className="h-3.5 w-28" />
            </div>
            <div className="p-3.5 grid gap-3.5">
              <Skeleton className="h-14 w-full" />
              <Skeleton className="h-20 w-full" />
              <Skeleton className="h-36 w-full" />
              <Skeleton className="h-10 w-full" />
            </div>
          </div>
        </div>
      </div>
    </SkeletonPage>
  )
}
