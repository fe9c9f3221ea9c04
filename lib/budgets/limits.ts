// What a cap may be. Pure, and small: pages import it.

/** A million dollars: more is a slip of the pen. */
export const MAX_CAP_MICROS = 1_000_000_000_000
