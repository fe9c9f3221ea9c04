import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { members, users } from '#lib/db/auth-schema.ts'

/** Names of the workspace's owners and admins, owners first: whom a member asks for what they may not do. */
export async function adminNames(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.tx
    .select({ name: users.name, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, ctx.workspaceId), inArray(members.role, ['owner', 'admin'])))
    .orderBy(asc(users.name))
    .limit(20)
  return rows.toSorted((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner')).map((row) => row.name)
}
