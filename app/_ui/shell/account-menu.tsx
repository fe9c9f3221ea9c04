'use client'

import { LogOut, ShieldCheck, UserRound } from 'lucide-react'
import { Menu, MenuItem, MenuSeparator } from '../menu.tsx'
import { notify } from '../toast.tsx'

export type Person = { name: string; email: string }

export function AccountMenu({ person }: { person: Person }) {
  const initials = initialsOf(person.name)
  return (
    <Menu
      label={`${initials}, account of ${person.name}`}
      trigger={
        <button
          type="button"
          className="size-7 max-md:size-9 shrink-0 rounded-full bg-accent-soft border border-accent-line text-accent-text text-12 font-semibold"
        >
          {initials}
        </button>
      }
    >
      <div className="px-2 py-1.5 min-w-0">
        <p className="font-medium truncate">{person.name}</p>
        <p className="text-12 text-soft truncate">{person.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem icon={<UserRound aria-hidden />} href="/account">
        Account
      </MenuItem>
      <MenuItem icon={<ShieldCheck aria-hidden />} href="/setup">
        Set-up check
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  )
}

export async function signOut() {
  const response = await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null)
  if (response?.ok) window.location.assign('/sign-in')
  else notify('You are still signed in: the server did not answer. Try again.', { kind: 'failed' })
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return (firstLetter(words[0]) + firstLetter(last)).toUpperCase() || '?'
}

function firstLetter(word = ''): string {
  const code = word.codePointAt(0)
  return code === undefined ? '' : String.fromCodePoint(code)
}
