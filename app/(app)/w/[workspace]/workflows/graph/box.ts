export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** x and y are the upper left corner. */
export type Box = Point & Size
