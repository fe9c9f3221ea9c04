'use client'

import './globals.css'
import { Logo } from '#app/_ui/logo.tsx'
import { PageFailure } from '#app/_ui/page-failure.tsx'

/** Stands in for the root layout itself, so it brings its own document and follows the system's theme at most. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Baton could not be shown</title>
        <main className="min-h-dvh grid place-items-center p-4">
          <div className="w-full max-w-lg grid gap-4">
            <Logo className="size-8" />
            <PageFailure error={error} retry={retry} />
          </div>
        </main>
      </body>
    </html>
  )
}
