'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { tipProps } from './tooltip.tsx'

/** A button with an icon only: the label is its accessible name and its tip. */
export function IconButton({
  label,
  icon,
  kbd,
  kind = 'ghost',
  className = '',
  disabledReason,
  ...rest
}: Omit<ButtonProps, 'children' | 'icon' | 'aria-label' | 'title'> & { label: string; icon: ReactNode }) {
  return (
    <Button
      {...rest}
      {...(disabledReason ? {} : tipProps(label, kbd))}
      kind={kind}
      icon={icon}
      aria-label={label}
      disabledReason={disabledReason}
      className={`btn-icon ${className}`}
    />
  )
}
