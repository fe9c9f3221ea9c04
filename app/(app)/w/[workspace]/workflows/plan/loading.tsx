import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

export default function PlanFormLoading() {
  return (
    <SkeletonPage label="Loading the form">
      <div className="page flex flex-col gap-5">
        <div className="grid gap-2">
          <Skeleton className="h-7 w-44" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start">
          <div className="grid gap-4">
            <Skeleton className="h-36 w-full" />
            <Skeleton className="h-96 w-full" />
          </div>
          <Skeleton className="h-96 w-full max-lg:hidden" />
        </div>
      </div>
    </SkeletonPage>
  )
}
