// What a batch takes at most. Pure, and small: pages import it.

export const MAX_FILES = 1_000
