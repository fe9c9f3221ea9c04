// The methods that an address under /api does not have. Without it Next answers them with an empty body.
import { v7 as uuidv7 } from 'uuid'
import { MethodNotAllowed } from '#lib/errors.ts'
import { problemResponse } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Export it under the name of every method that is not among `allowed`, and as OPTIONS. */
export function otherMethods(...allowed: Method[]): ((request: Request) => Response) & { allowed: Method[] } {
  const allow = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const answer = (request: Request): Response => {
    const requestId = uuidv7()
    const response =
      request.method === 'OPTIONS'
        ? new Response(null, { status: 204 })
        : problemResponse(new MethodNotAllowed(request.method, allow), requestId)
    response.headers.set('Allow', allow)
    response.headers.set('X-Request-Id', requestId)
    response.headers.set('Cache-Control', 'private, no-store')
    return response
  }
  return Object.assign(answer, { allowed })
}
