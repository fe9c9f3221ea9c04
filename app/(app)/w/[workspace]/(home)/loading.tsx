import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function WorkspaceLoading() {
  return (
    <SkeletonPage label="Loading the page">
      <div className="page flex flex-col gap-5">
        <Skeleton className="h-7 w-64" />
        <div className="panel">
          <div className="panel-h">
            <Skeleton className="h-3.5 w-28" />
          </div>
          {['w-3/5', 'w-1/2', 'w-2/3', 'w-2/5'].map((width) => (
            <div key={width} className="flex items-center gap-3 px-3.5 h-11 border-b border-line last:border-b-0">
              <Skeleton className="size-4 rounded-full!" />
              <Skeleton className={`h-3 ${width}`} />
            </div>
          ))}
        </div>
      </div>
    </SkeletonPage>
  )
}
