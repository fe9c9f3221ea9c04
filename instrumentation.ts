import type { Instrumentation } from 'next'

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { env, modelSettings } = await import('#lib/env.ts')
  modelSettings(env())
  const { noteClientAddresses } = await import('#app/_server/client-address.ts')
  noteClientAddresses()
  const { repairAddresses } = await import('#app/_server/address.ts')
  repairAddresses()
  const { noteRejections } = await import('#app/_server/rejections.ts')
  noteRejections()
  const { endConnectionsWithProcess } = await import('#app/_server/ending.ts')
  endConnectionsWithProcess()
}

/** One line per fault: the digest that the page shows, and the route. No query, no body, no header. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const { digest, message } = error as { digest?: string; message?: string }
  console.error(
    JSON.stringify({
      level: 'error',
      at: new Date().toISOString(),
      digest,
      route: context.routePath,
      kind: context.routeType,
      method: request.method,
      path: request.path.split('?')[0],
      // A failed query's message holds its parameters: texts and secrets among them.
      message: error instanceof Error && 'query' in error ? 'A query failed.' : message?.slice(0, 500),
    }),
  )
}
