'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { RequestFailed } from './fetch-json.ts'

/** First states come from the server as initial data; live events say when they are old. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 60_000, retry: (count, error) => count < 3 && mayHelp(error) } },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

function mayHelp(error: Error): boolean {
  return !(error instanceof RequestFailed) || error.status === 0 || error.status >= 500
}
