import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { ownPath } from '#lib/access/origin.ts'
import { signUpMode } from '#lib/env.ts'
import { currentUser } from '#app/_server/session.ts'
import { AuthCard } from '../auth-card.tsx'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next } = await searchParams
  const to = ownPath(typeof next === 'string' ? next : null)
  if (await currentUser()) redirect(to as Route)
  const open = signUpMode() === 'open'
  const signUp = to === '/' ? '/sign-up' : `/sign-up?next=${encodeURIComponent(to)}`
  return (
    <AuthCard
      title="Sign in to Baton"
      subtitle="to submit tasks and read their results"
      foot={
        open ? (
          <>
            No account yet?{' '}
            <Link className="link" href={signUp as Route}>
              Create one
            </Link>
          </>
        ) : (
          'No account? Ask whoever runs this Baton for one.'
        )
      }
    >
      <SignInForm next={to} />
    </AuthCard>
  )
}
