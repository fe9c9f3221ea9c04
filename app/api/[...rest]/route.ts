import { z } from 'zod'
import { NotFound } from '#lib/errors.ts'
import { defineRoute } from '#app/_server/route.ts'

const nothingHere = defineRoute(
  {
    name: 'nothingHere',
    summary: 'Any other address under /api.',
    action: null,
    query: z.looseObject({}),
    responses: {},
  },
  async () => {
    throw new NotFound('This address')
  },
)

export {
  nothingHere as GET,
  nothingHere as POST,
  nothingHere as PUT,
  nothingHere as PATCH,
  nothingHere as DELETE,
  nothingHere as OPTIONS,
}
