'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleCheck, CircleX, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useNow } from './clock.tsx'
import { IconButton } from './icon-button.tsx'

type Notice = { kind: 'done' | 'failed'; action?: { label: string; run: () => void }; endsAt: number | null }

const manager = Toast.createToastManager<Notice>()

/** Says briefly what was done; with an action it stays 10 s (Undo). Errors that need a decision belong in the page. */
export function notify(title: string, options: { kind?: Notice['kind']; action?: Notice['action'] } = {}): void {
  const { kind = 'done', action } = options
  const timeout = action ? 10_000 : kind === 'failed' ? 8_000 : 4_000
  manager.add({ title, timeout, data: { kind, action, endsAt: action ? Date.now() + timeout : null } })
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed z-60 right-3 md:right-5 bottom-18 md:bottom-5 w-[calc(100vw-1.5rem)] sm:w-90 flex flex-col gap-2 outline-none">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager<Notice>()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="toast pop float rounded-xl! min-h-11 pl-3.5 pr-1.5 py-1 data-limited:hidden"
    >
      <Toast.Content className="flex items-center gap-2.5 min-h-9">
        {toast.data?.kind === 'failed' ? (
          <CircleX className="i text-failed" aria-hidden />
        ) : (
          <CircleCheck className="i text-completed" aria-hidden />
        )}
        <Toast.Title className="text-13 font-normal! tracking-normal! flex-1 min-w-0" render={<p />} />
        {toast.data?.action ? <ToastAction notice={toast.data} onRun={() => manager.close(toast.id)} /> : null}
        <Toast.Close render={<IconButton size="sm" label="Dismiss" icon={<X aria-hidden />} />} />
      </Toast.Content>
    </Toast.Root>
  ))
}

function ToastAction({ notice, onRun }: { notice: Notice; onRun: () => void }) {
  const now = useNow()
  const left = notice.endsAt === null ? null : Math.max(0, Math.ceil((notice.endsAt - now) / 1000))
  return (
    <Button
      kind="ghost"
      size="sm"
      onClick={() => {
        notice.action?.run()
        onRun()
      }}
    >
      {notice.action?.label}
      {left === null ? null : (
        <span className="num text-faint" aria-hidden>
          {left} s
        </span>
      )}
    </Button>
  )
}
