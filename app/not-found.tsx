import type { Metadata } from 'next'
import { SearchX } from 'lucide-react'
import { ButtonLink } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Logo } from '#app/_ui/logo.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="min-h-dvh grid place-items-center p-4">
      <div className="w-full max-w-md grid gap-4">
        <Logo className="size-8" />
        <EmptyState
          icon={<SearchX aria-hidden />}
          title="There is nothing at this address"
          actions={
            <ButtonLink size="sm" href="/">
              Go to your workspace
            </ButtonLink>
          }
        >
          It may have been removed, or it belongs to a workspace that you are not a member of.
        </EmptyState>
      </div>
    </main>
  )
}
