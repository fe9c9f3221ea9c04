// A slug is a workspace's name in addresses: lower-case words, never used twice, not even after a rename.
import { eq, or, sql } from 'drizzle-orm'
import { workspaceSlugs, workspaces } from '#lib/db/auth-schema.ts'
import type { Tx } from '#lib/db/client.ts'

const MAX_SLUG = 48

export function slugFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
  return words || 'workspace'
}

/** The slug itself when it is free, else with the first free number. Holds a lock until the transaction ends. */
export async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('baton_slugs'), hashtext(${wanted}))`)
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`
    if (!(await isTaken(tx, slug))) return slug
  }
}

/** Gives the workspace a new slug; the old one redirects from then on. */
export async function renameSlug(tx: Tx, workspaceId: string, name: string): Promise<string> {
  const [current] = await tx
    .select({ slug: workspaces.slug })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('update')
  const wanted = slugFrom(name)
  if (!current || current.slug === wanted) return wanted
  await tx
    .delete(workspaceSlugs)
    .where(sql`${workspaceSlugs.slug} = ${wanted} and ${workspaceSlugs.workspaceId} = ${workspaceId}`)
  const slug = await freeSlug(tx, wanted)
  await tx.insert(workspaceSlugs).values({ slug: current.slug, workspaceId }).onConflictDoNothing()
  await tx.update(workspaces).set({ slug }).where(eq(workspaces.id, workspaceId))
  return slug
}

async function isTaken(tx: Tx, slug: string): Promise<boolean> {
  const rows = await tx
    .select({ slug: workspaces.slug })
    .from(workspaces)
    .leftJoin(workspaceSlugs, eq(workspaceSlugs.slug, slug))
    .where(or(eq(workspaces.slug, slug), eq(workspaceSlugs.slug, slug)))
    .limit(1)
  return rows.length > 0
}
