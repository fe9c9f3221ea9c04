import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { ownPath } from '#lib/access/origin.ts'
import { signUpMode } from '#lib/env.ts'
import { currentUser } from '#app/_server/session.ts'
import { AuthCard } from '../auth-card.tsx'
import { SignUpForm } from './sign-up-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const { next } = await searchParams
  const to = ownPath(typeof next === 'string' ? next : null)
  if (await currentUser()) redirect(to as Route)
  const signIn = (
    <Link className="link" href={to === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(to)}`}>
      Sign in
    </Link>
  )
  if (signUpMode() !== 'open')
    return (
      <AuthCard title="Sign-up is closed" subtitle="on this Baton" foot={<>Have an account? {signIn}</>}>
        <p className="text-soft mt-5">
          Ask whoever runs this Baton for an account. To let everybody who can reach it sign up, they set{' '}
          <code className="mono text-ink">BATON_SIGN_UP=open</code>.
        </p>
      </AuthCard>
    )
  return (
    <AuthCard
      title="Create your account"
      subtitle="with a workspace of your own"
      foot={<>Have an account already? {signIn}</>}
    >
      <SignUpForm next={to} />
    </AuthCard>
  )
}
