// Readers of live events whose server goes away.
import assert from 'node:assert/strict'
import type { ApiClient } from '../../api-client.ts'
import { until } from '../../stack.ts'
import { becomes, pause, type Scenario, submit, type World } from '../world.ts'

export const STREAM_SCENARIOS: Scenario[] = [
  {
    id: 'F7b',
    title: 'a reader of live events goes on with Last-Event-ID after Postgres and web were gone, and misses nothing',
    run: readersGoOn,
  },
]

async function readersGoOn(world: World): Promise<void> {
  const { stack, client, scale } = world
  const readers = Array.from({ length: 3 }, (): Reader => ({ opened: 0, heard: new Set() }))
  const stop = new AbortController()
  const reading = Promise.all(readers.map((reader) => read(client, reader, stop.signal)))
  try {
    await until(async () => readers.every(({ opened }) => opened > 0), 10_000, 'three open streams')
    const ids = [await submit(world)]
    await until(async () => readers.every(({ heard }) => heard.size > 0), 10_000, 'a first event, to go on from')
    await stack.stopPostgres('immediate')
    await pause(5_000 / scale)
    await stack.startPostgres()
    await stack.ready(30_000)
    ids.push(await submit(world))
    await stack.killWeb()
    await becomes(world, ids[1] ?? '', 'completed')
    await stack.startWeb()
    ids.push(await submit(world))
    for (const id of ids) await becomes(world, id, 'completed')
    const { rows } = await stack
      .admin()
      .query<{ event: string }>(
        `select task_id || ' ' || seq as event from events where workspace_id = $1 order by task_id, seq`,
        [client.workspaceId],
      )
    assert.ok(rows.length >= 4 * ids.length)
    const missing = () => readers.flatMap(({ heard }) => rows.filter(({ event }) => !heard.has(event)))
    await until(async () => missing().length === 0, 30_000, 'every event to be heard by everyone').catch(() =>
      assert.deepEqual(missing(), []),
    )
    for (const { opened } of readers) assert.ok(opened > 1, 'a stream outlived its server')
  } finally {
    stop.abort()
    await reading
  }
}

type Reader = { opened: number; heard: Set<string> }

/** Reads, and asks again from where it was whenever the stream ends. */
async function read(client: ApiClient, reader: Reader, stop: AbortSignal): Promise<void> {
  let last = ''
  while (!stop.aborted) {
    try {
      const response = await fetch(`${client.baseUrl}/api/v1/workspaces/${client.workspace}/events`, {
        headers: { authorization: `Bearer ${client.apiKey}`, ...(last ? { 'last-event-id': last } : {}) },
        signal: stop,
      })
      if (response.ok) reader.opened += 1
      let rest = ''
      for await (const part of response.ok && response.body ? response.body.pipeThrough(new TextDecoderStream()) : []) {
        const blocks = (rest + part).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks.filter((text) => text.includes('event: task'))) {
          last = /^id: (.*)$/m.exec(block)?.[1] ?? last
          const { taskId, seq } = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as { taskId: string; seq: number }
          reader.heard.add(`${taskId} ${seq}`)
        }
      }
    } catch {
      // The server is away, or we have heard enough.
    }
    await pause(200)
  }
}
