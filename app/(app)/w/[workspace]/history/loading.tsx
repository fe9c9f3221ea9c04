import { SkeletonPage, Skeleton } from '#app/_ui/skeleton.tsx'

export default function Loading() {
  return (
    <SkeletonPage label="Loading history">
      <div className="px-4 md:px-5 xl:px-6 pt-4 grid gap-3 pb-3">
        <div className="flex items-center gap-3 h-8">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-7 w-72 mx-auto max-lg:hidden" />
          <Skeleton className="h-8 w-24 ml-auto" />
        </div>
        <Skeleton className="h-10 w-full max-md:hidden" />
        <div className="h-30 max-xl:hidden" />
      </div>
      <div className="border-t border-line">
        {Array.from({ length: 12 }, (_, row) => (
          <div key={row} className="flex items-center gap-4 h-9 max-md:h-24 px-5 xl:px-6 border-b border-line">
            <Skeleton className="h-3 w-24" />
            <Skeleton className={`h-3 flex-1 ${row % 3 === 0 ? 'max-w-72' : 'max-w-96'}`} />
            <Skeleton className="h-3 w-24 max-md:hidden" />
            <Skeleton className="h-2 w-16 max-md:hidden" />
          </div>
        ))}
      </div>
    </SkeletonPage>
  )
}
