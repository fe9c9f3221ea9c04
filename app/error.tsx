'use client'

import { Logo } from '#app/_ui/logo.tsx'
import { PageFailure } from '#app/_ui/page-failure.tsx'

export default function AppError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="min-h-dvh grid place-items-center p-4">
      <div className="w-full max-w-lg grid gap-4">
        <Logo className="size-8" />
        <PageFailure error={error} retry={retry} />
      </div>
    </main>
  )
}
