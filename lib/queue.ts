export type Queue = { todo: true }
