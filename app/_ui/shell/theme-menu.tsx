'use client'

import { Monitor, Moon, Sun, SunMoon } from 'lucide-react'
import { Button } from '../button.tsx'
import { Menu, MenuChoice } from '../menu.tsx'
import { type Theme, useTheme } from '../theme.ts'

export const THEME_CHOICES = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const satisfies readonly { value: Theme; label: string; icon: React.ReactNode }[]

/** In the shell, phones have it in the bottom bar instead. */
export function ThemeMenu({ onPhones = false }: { onPhones?: boolean }) {
  const [theme, setTheme] = useTheme()
  return (
    <Menu
      label="Theme"
      trigger={
        <Button
          kind="ghost"
          className={`btn-icon ${onPhones ? '' : 'max-md:hidden'}`}
          title="Theme"
          icon={<SunMoon aria-hidden />}
        />
      }
    >
      <MenuChoice value={theme} onChange={setTheme} choices={THEME_CHOICES} />
    </Menu>
  )
}
