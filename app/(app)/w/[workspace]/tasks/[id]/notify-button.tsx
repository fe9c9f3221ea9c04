'use client'

import { Bell, BellRing } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useMounted } from '#app/_ui/clock.tsx'

/** Asks the browser, once and only on request, whether it may say that the task ended. */
export function NotifyButton() {
  const mounted = useMounted()
  const [answer, setAnswer] = useState<NotificationPermission | null>(null)
  if (!mounted || !('Notification' in window)) return null
  const permission = answer ?? Notification.permission
  if (permission === 'denied') return null
  if (permission === 'granted')
    return (
      <span className="text-12 text-soft inline-flex items-center gap-1.5">
        <BellRing className="i-sm" aria-hidden />
        You will be told when it ends
      </span>
    )
  return (
    <Button
      size="sm"
      kind="ghost"
      icon={<Bell aria-hidden />}
      onClick={() => void Notification.requestPermission().then(setAnswer)}
    >
      Tell me when it ends
    </Button>
  )
}
