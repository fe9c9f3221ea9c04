import type { Ctx } from '#lib/context.ts'

/** Changes the slots of one worker type in every process, at once. @throws Forbidden, NotFound, InvalidInput. */
export async function setSlots(_ctx: Ctx, _worker: string, _slots: number): Promise<void> {
  throw new Error('Not built yet.')
}
