import { v7 as uuidv7 } from 'uuid'
import { problemResponse } from '#app/_server/problem.ts'
import { readBytes } from '#app/_server/request-body.ts'
import { auth } from '#app/_server/server.ts'

/** Anyone may send here, and the longest form has a few lines. */
const MAX_BYTES = 100_000

async function handle(request: Request): Promise<Response> {
  const response = await answer(request)
  response.headers.set('cache-control', 'private, no-store')
  return response
}

async function answer(request: Request): Promise<Response> {
  try {
    return await auth().handler(await bounded(request))
  } catch (error) {
    return problemResponse(error, uuidv7())
  }
}

/** The same request with its whole body at hand. */
async function bounded(request: Request): Promise<Request> {
  if (request.body === null) return request
  const body = await readBytes(request, MAX_BYTES)
  const { url, method, headers, signal } = request
  return new Request(url, { method, headers, signal, body: new Uint8Array(body) })
}

export { handle as GET, handle as POST }
