import 'server-only'
import { readAnswerSizes } from '#lib/batches/answer-sizes.ts'
import type { Ctx } from '#lib/context.ts'
import { modelSettings } from '#lib/env.ts'
import { priceNow } from '#lib/prices/queries.ts'
import type { ConnectedModel } from './catalogue.ts'

/** The connected model, what it costs now and how long its answers were lately; null without one. */
export async function connectedModel(ctx: Ctx): Promise<ConnectedModel | null> {
  const model = modelSettings()
  if (!model) return null
  const price = await priceNow(ctx, model)
  return { name: model.model, endpointHost: model.endpointHost, price, answers: await readAnswerSizes(ctx) }
}
