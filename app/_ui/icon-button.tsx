'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { Tooltip } from './tooltip.tsx'

/** A button with an icon only: the label is its accessible name and its tooltip. */
export function IconButton({
  label,
  icon,
  kbd,
  kind = 'ghost',
  className = '',
  disabledReason,
  ...rest
}: Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> & { label: string; icon: ReactNode }) {
  return (
    <Tooltip content={disabledReason ?? label} kbd={disabledReason ? undefined : kbd}>
      <Button
        {...rest}
        kind={kind}
        icon={icon}
        aria-label={label}
        disabledReason={disabledReason}
        title={undefined}
        className={`btn-icon ${className}`}
      />
    </Tooltip>
  )
}
