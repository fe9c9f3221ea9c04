import type { ReactNode } from 'react'

export type Command = {
  id: string
  label: string
  note?: string
  icon?: ReactNode
  /** Other words that find it. */
  words?: string
  /** Found by words that have changed since: shown, not chosen. */
  outdated?: boolean
  href?: string
  run?: () => void
}

export type CommandGroup = { value: string; items: Command[] }

/** Groups with the commands that have every word; empty groups are left out. */
export function matchingGroups(groups: readonly CommandGroup[], text: string): CommandGroup[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return groups
    .map((group) => ({ ...group, items: group.items.filter((command) => hasAll(command, words)) }))
    .filter((group) => group.items.length > 0)
}

function hasAll(command: Command, words: readonly string[]): boolean {
  const text = `${command.label} ${command.words ?? ''}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
