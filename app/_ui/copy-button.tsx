'use client'

import { Check, Copy, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonLook } from './button.tsx'
import { copyText } from './clipboard.ts'
import { IconButton } from './icon-button.tsx'

type CopyState = 'rest' | 'copied' | 'refused'

const ICONS = {
  rest: <Copy aria-hidden />,
  copied: <Check className="text-completed" aria-hidden />,
  refused: <X className="text-failed" aria-hidden />,
}

/** `children` makes it a button with words; without it is an icon named by `label`. */
export function CopyButton({
  text,
  label,
  size = 'sm',
  kind,
  children,
}: {
  /** The text, or a function that makes it on click. */
  text: string | (() => string)
  label: string
  size?: ButtonLook['size']
  kind?: ButtonLook['kind']
  children?: string
}) {
  const [state, setState] = useState<CopyState>('rest')
  useEffect(() => {
    if (state === 'rest') return
    const timer = setTimeout(() => setState('rest'), 1500)
    return () => clearTimeout(timer)
  }, [state])
  async function copy() {
    setState((await copyText(typeof text === 'string' ? text : text())) ? 'copied' : 'refused')
  }
  const words = { rest: children ?? label, copied: 'Copied', refused: 'Press ⌘C' }[state]
  const status = (
    <output className="sr">
      {state === 'rest' ? '' : state === 'copied' ? 'Copied' : 'The browser refused to copy'}
    </output>
  )
  if (children === undefined)
    return (
      <>
        <IconButton size={size} kind={kind} label={words} icon={ICONS[state]} onClick={() => void copy()} />
        {status}
      </>
    )
  return (
    <>
      <Button size={size} kind={kind} icon={ICONS[state]} aria-label={label} onClick={() => void copy()}>
        {words}
      </Button>
      {status}
    </>
  )
}
