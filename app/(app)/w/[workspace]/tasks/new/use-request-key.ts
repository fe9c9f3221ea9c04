'use client'

import { useRef } from 'react'

/** An idempotency key that stays with its request: sent again after a lost answer, it is carried out once. */
export function useRequestKey(): (request: unknown) => string {
  const sent = useRef<{ body: string; key: string } | null>(null)
  return (request) => {
    const body = JSON.stringify(request)
    if (sent.current?.body !== body) sent.current = { body, key: newKey() }
    return sent.current.key
  }
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
