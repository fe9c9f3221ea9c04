// The one table of who may do what. Verbs ask it; pages ask it to explain a disabled button.
import { Forbidden } from '#lib/errors.ts'
import type { Access, ApiKeyScope, Role } from './actor.ts'

type Rule = { roles: readonly Role[]; scope?: ApiKeyScope; operator?: boolean; title: string }

const EVERYONE = ['owner', 'admin', 'member', 'viewer'] as const
const WRITERS = ['owner', 'admin', 'member'] as const
const ADMINS = ['owner', 'admin'] as const

export const POLICY = {
  'task.read': { roles: EVERYONE, scope: 'read', title: 'read tasks' },
  'task.submit': { roles: WRITERS, scope: 'run', title: 'submit tasks' },
  'task.cancel': { roles: WRITERS, scope: 'run', title: 'cancel tasks' },
  'task.retry': { roles: WRITERS, scope: 'run', title: 'retry tasks' },
  'run.read': { roles: EVERYONE, scope: 'read', title: 'see runs of workflows' },
  'run.start': { roles: WRITERS, scope: 'run', title: 'start workflows' },
  'run.cancel': { roles: WRITERS, scope: 'run', title: 'cancel runs of workflows' },
  'run.skip': { roles: WRITERS, scope: 'run', title: 'skip steps of runs' },
  'run.decide': { roles: WRITERS, title: 'decide in runs of workflows' },
  'workflow.change': { roles: WRITERS, scope: 'run', title: 'change workflows' },
  'batch.read': { roles: EVERYONE, scope: 'read', title: 'see batches' },
  'batch.start': { roles: WRITERS, scope: 'run', title: 'start batches' },
  'batch.change': { roles: WRITERS, scope: 'run', title: 'pause, resume, retry and cancel batches' },
  'trigger.change': { roles: WRITERS, scope: 'run', title: 'change what starts workflows' },
  'secret.change': { roles: ADMINS, title: 'change the secret that calls are signed with' },
  'secret.read': { roles: ADMINS, title: 'see the secret that calls are signed with' },
  'document.read': { roles: EVERYONE, scope: 'read', title: 'read documents' },
  'document.upload': { roles: WRITERS, scope: 'run', title: 'upload documents' },
  'document.delete': { roles: WRITERS, scope: 'run', title: 'delete documents' },
  'worker.read': { roles: EVERYONE, scope: 'read', title: 'see workers' },
  'price.read': { roles: EVERYONE, scope: 'read', title: 'see prices' },
  'price.change': { roles: [], operator: true, title: 'add prices' },
  'pool.change': { roles: [], operator: true, title: 'change slots' },
  'key.read': { roles: ADMINS, title: 'see API keys' },
  'key.change': { roles: ADMINS, title: 'create and revoke API keys' },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof POLICY

export function may(access: Access, action: Action): boolean {
  if (access === 'system') return true
  const rule: Rule = POLICY[action]
  if ('scopes' in access) return rule.scope !== undefined && access.scopes.includes(rule.scope)
  return rule.operator === true ? access.operator : rule.roles.includes(access.role)
}

/** @throws Forbidden naming what is missing and who has it. */
export function requireAccess(ctx: { access: Access }, action: Action): void {
  if (!may(ctx.access, action)) throw new Forbidden(refusal(ctx.access, action))
}

export function refusal(access: Access, action: Action): string {
  const rule: Rule = POLICY[action]
  if (access !== 'system' && 'scopes' in access)
    return rule.scope
      ? `This API key may not ${rule.title}: it lacks the scope "${rule.scope}". Create a key with that scope.`
      : `API keys may not ${rule.title}. Sign in to do it.`
  if (rule.operator) return `Only an operator of this instance may ${rule.title}.`
  return `Your role may not ${rule.title}. Ask ${rule.roles.includes('member') ? 'an owner or admin for the role of member' : 'an owner or admin of this workspace'}.`
}
