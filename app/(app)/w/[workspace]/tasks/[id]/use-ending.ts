'use client'

import { useEffect, useRef } from 'react'
import { statusWord } from '#app/_ui/status-badge.tsx'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'

/** A browser notification when the person's own task ends, or stops to wait for something, while they look elsewhere. */
export function useEnding(task: TaskSummary, mine: boolean): void {
  const before = useRef(task.status)
  const { id, status, reason, title } = task
  useEffect(() => {
    const wasGoing = before.current === 'pending' || before.current === 'in_progress'
    before.current = status
    if (!mine || !wasGoing || !(isTerminal(status) || status === 'blocked')) return
    if (!document.hidden || !mayNotify()) return
    const notification = new Notification(`${statusWord(status, reason)}: ${title}`, { tag: id, icon: '/icon.svg' })
    notification.addEventListener('click', () => {
      window.focus()
      notification.close()
    })
  }, [id, status, reason, title, mine])
}

function mayNotify(): boolean {
  return 'Notification' in window && Notification.permission === 'granted'
}
