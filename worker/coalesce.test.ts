import { expect, test } from 'vitest'
import { coalesce } from './coalesce.ts'

const refused = (code: string) => Object.assign(new Error('refused'), { code, severity: 'ERROR' })

test('the first item goes at once and alone, what comes meanwhile shares the next write', async () => {
  const batches: number[][] = []
  let release: () => void = () => {}
  const writer = coalesce<number>(
    async (items) => {
      batches.push(items)
      if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve))
      return new Set(items)
    },
    { max: 100 },
  )
  const first = writer.add(1)
  await new Promise(setImmediate)
  const others = [2, 3, 4].map((item) => writer.add(item))
  expect(writer.size).toBe(4)
  release()
  expect(await Promise.all([first, ...others])).toEqual([true, true, true, true])
  await writer.idle()
  expect(batches).toEqual([[1], [2, 3, 4]])
})

test('an item that was not kept is told so, its neighbours were', async () => {
  const writer = coalesce<number>((items) => Promise.resolve(new Set(items.filter((item) => item !== 2))), { max: 10 })
  expect(await Promise.all([1, 2, 3].map((item) => writer.add(item)))).toEqual([true, false, true])
})

test('a refused batch is halved until the culprit stands alone', async () => {
  let writes = 0
  const writer = coalesce<number>(
    (items) => {
      writes += 1
      return items.includes(13) ? Promise.reject(refused('22P05')) : Promise.resolve(new Set(items))
    },
    { max: 64 },
  )
  const results = await Promise.allSettled(Array.from({ length: 64 }, (_, item) => writer.add(item)))
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1)
  expect(results[13]?.status).toBe('rejected')
  expect(writes).toBe(13)
})

test('an outage repeats the batch as it is and rejects nothing', async () => {
  const sizes: number[] = []
  const outages = [refused('57P01'), refused('40P01'), new Error('Connection terminated unexpectedly')]
  const writer = coalesce<number>(
    (items) => {
      sizes.push(items.length)
      const outage = outages.shift()
      return outage ? Promise.reject(outage) : Promise.resolve(new Set(items))
    },
    { max: 10, pauseMs: 1 },
  )
  expect(await Promise.all([1, 2, 3].map((item) => writer.add(item)))).toEqual([true, true, true])
  expect(sizes).toEqual([3, 3, 3, 3])
})

test('closing gives up what cannot be written', async () => {
  const writer = coalesce<number>(() => Promise.reject(refused('57P01')), { max: 10, pauseMs: 1 })
  const waiting = Promise.allSettled([writer.add(1), writer.add(2)])
  writer.close()
  expect((await waiting).map((result) => result.status)).toEqual(['rejected', 'rejected'])
})
