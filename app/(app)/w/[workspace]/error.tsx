'use client'

import { PageFailure } from '#app/_ui/page-failure.tsx'

export default function WorkspaceError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="page max-w-2xl">
      <PageFailure error={error} retry={retry} />
    </div>
  )
}
