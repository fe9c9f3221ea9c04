'use server'

import { z } from 'zod'
import { submitSamples } from '#lib/workspaces/first-run.ts'
import { defineWorkspaceAction } from '#app/_server/action.ts'

export const runSamples = defineWorkspaceAction(z.strictObject({}), async (ctx) => ({ ids: await submitSamples(ctx) }))
