// Headers that the proxy sets on every page request; what a client sends under these names is overwritten.

/** Path and query that were asked for. */
export const PATH_HEADER = 'x-baton-path'
export const REQUEST_ID_HEADER = 'x-request-id'
export const NONCE_HEADER = 'x-nonce'
