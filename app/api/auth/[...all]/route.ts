import { v7 as uuidv7 } from 'uuid'
import { problemResponse } from '#app/_server/problem.ts'
import { auth } from '#app/_server/server.ts'

async function handle(request: Request): Promise<Response> {
  const response = await answer(request)
  response.headers.set('cache-control', 'private, no-store')
  return response
}

async function answer(request: Request): Promise<Response> {
  try {
    return await auth().handler(request)
  } catch (error) {
    return problemResponse(error, uuidv7())
  }
}

export { handle as GET, handle as POST }
