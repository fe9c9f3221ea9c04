// Who acts, and with what rights. Imports nothing, so that tables, policy and pages can share it.

export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const API_KEY_SCOPES = ['run', 'read'] as const
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

/** Stored with events, so that history names who did what. */
export type Actor =
  | { kind: 'user'; id: string; name: string }
  | { kind: 'key'; id: string; name: string }
  | { kind: 'system'; name: string }

/** What the actor may do: a member by role, an API key by scopes, the system by being it. */
export type Access = { role: Role; operator: boolean } | { scopes: ApiKeyScope[] } | 'system'
