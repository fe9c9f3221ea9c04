'use client'

import type { Menu } from '@base-ui/react/menu'
import { createContext } from 'react'

/** The parts of an open menu. A menu that was never opened needs none of them, so they come with its popup. */
export const MenuParts = createContext<typeof Menu | null>(null)
