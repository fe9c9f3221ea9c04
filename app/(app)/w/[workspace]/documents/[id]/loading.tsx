import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'

const LINES = ['w-full', 'w-5/6', 'w-11/12', 'w-3/4', 'w-full', 'w-2/3']

export default function DocumentLoading() {
  return (
    <SkeletonPage label="Loading the document">
      <div className="px-4 md:px-5 xl:px-6 pt-4 md:pt-5 pb-4 border-b border-line">
        <Skeleton className="h-7 w-80 max-w-full" />
        <Skeleton className="h-4 w-64 mt-2" />
        <Skeleton className="h-17 w-full mt-4 rounded-lg!" />
      </div>
      <div className="grid md:grid-cols-[280px_minmax(0,1fr)] xl:grid-cols-[340px_minmax(0,1fr)]">
        <div className="p-4 md:px-5 xl:px-6 grid gap-4 content-start max-md:hidden">
          {['w-full', 'w-4/5', 'w-3/5'].map((width) => (
            <Skeleton key={width} className={`h-4 ${width}`} />
          ))}
        </div>
        <div className="p-4 lg:px-5 grid gap-3 content-start">
          {LINES.map((width, index) => (
            <Skeleton key={LINES.length - index} className={`h-3.5 ${width}`} />
          ))}
        </div>
      </div>
    </SkeletonPage>
  )
}
