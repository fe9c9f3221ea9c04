import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { StepsSkeleton } from './steps-skeleton.tsx'

export default function PlanLoading() {
  return (
    <SkeletonPage label="Loading the plan">
      <div className="page flex flex-col gap-5">
        <div className="grid gap-2">
          <Skeleton className="h-7 w-72 max-w-full" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
        <StepsSkeleton />
      </div>
    </SkeletonPage>
  )
}
