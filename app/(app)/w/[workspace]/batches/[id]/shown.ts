// Which rows of a batch are shown, as it stands in the page's address. Pure.
import type { ItemState } from '#lib/batches/states.ts'

export type Shown = { state: ItemState | null; needs: boolean; search: string }

export const ALL: Shown = { state: null, needs: false, search: '' }

/** Without the question mark; empty for all rows. */
export function queryOf({ state, needs, search }: Shown): URLSearchParams {
  return new URLSearchParams({
    ...(state === null ? {} : { state }),
    ...(needs ? { needs: 'person' } : {}),
    ...(search.trim() === '' ? {} : { search: search.trim() }),
  })
}

export function isAll(shown: Shown): boolean {
  return queryOf(shown).size === 0
}
