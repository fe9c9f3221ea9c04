'use client'

import { LogIn } from 'lucide-react'
import { useSyncExternalStore } from 'react'

/** For whoever's session has ended elsewhere: signs in and comes back to this address. */
export function SignInAgain() {
  const here = useSyncExternalStore(
    () => () => undefined,
    () => window.location.pathname + window.location.search,
    () => '/',
  )
  // A full load: nothing that was fetched under the old session stays.
  return (
    <a className="btn btn-primary btn-sm" href={`/sign-in?next=${encodeURIComponent(here)}`}>
      <LogIn aria-hidden />
      Sign in
    </a>
  )
}
