'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, type ButtonLook } from './button.tsx'
import { copyText } from './clipboard.ts'
import { Dialog } from './dialog.tsx'
import { IconButton } from './icon-button.tsx'
import { useModKey } from './mod-key.ts'

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
  const [copied, setCopied] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  async function copy() {
    const wanted = typeof text === 'string' ? text : text()
    if (await copyText(wanted)) setCopied(true)
    else setRefused(wanted)
  }
  const icon = copied ? <Check className="text-completed" aria-hidden /> : <Copy aria-hidden />
  return (
    <>
      {children === undefined ? (
        <IconButton size={size} kind={kind} label={copied ? 'Copied' : label} icon={icon} onClick={() => void copy()} />
      ) : (
        <Button size={size} kind={kind} icon={icon} aria-label={label} onClick={() => void copy()}>
          {copied ? 'Copied' : children}
        </Button>
      )}
      <output className="sr">{copied ? 'Copied' : ''}</output>
      {refused === null ? null : <CopyByHand text={refused} onClose={() => setRefused(null)} />}
    </>
  )
}

function CopyByHand({ text, onClose }: { text: string; onClose: () => void }) {
  const mod = useModKey()
  const area = useRef<HTMLTextAreaElement>(null)
  return (
    <Dialog
      open
      onClose={onClose}
      title="The browser refused to copy"
      description={`The text is selected: press ${mod}C.`}
      initialFocus={area}
    >
      <textarea
        ref={area}
        readOnly
        rows={6}
        value={text}
        aria-label="Text to copy"
        className="area mono"
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  )
}
