import type { Metadata } from 'next'
import Link from 'next/link'
import { resetLinkOwner } from '#lib/access/admin.ts'
import { database } from '#app/_server/server.ts'
import { Note } from '#app/_ui/note.tsx'
import { AuthCard } from '../auth-card.tsx'
import { ResetCommand } from '../sign-in-help.tsx'
import { ResetForm } from './reset-form.tsx'

export const metadata: Metadata = { title: 'Set a new password', robots: { index: false } }

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams
  const owner = typeof token === 'string' ? await resetLinkOwner(database(), token) : null
  const signIn = (
    <>
      Remembered it?{' '}
      <Link className="link" href="/sign-in">
        Sign in
      </Link>
    </>
  )
  if (owner && typeof token === 'string')
    return (
      <AuthCard title="Set a new password" subtitle={`for ${owner.email}`} foot={signIn}>
        <ResetForm token={token} email={owner.email} />
      </AuthCard>
    )
  return (
    <AuthCard title="A lost password" subtitle="is replaced by a link that works once" foot={signIn}>
      <div className="grid gap-4 mt-5">
        {token === undefined ? null : (
          <Note tone="failed" alert title="This link does not work any more">
            It was used already, or it is older than an hour.
          </Note>
        )}
        <div>
          <p>Whoever runs this Baton makes the link in the project’s folder on the server:</p>
          <ResetCommand />
          <p className="text-soft mt-2">
            It is valid for one hour. Setting the password ends every session of the account.
          </p>
        </div>
      </div>
    </AuthCard>
  )
}
