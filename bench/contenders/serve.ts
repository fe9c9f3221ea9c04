// The worker process of a contender. Starts are told in groups, so that telling them costs every contender the same.
import { now, type ServeOptions } from '../contender.ts'
import { contenderNamed } from './all.ts'

const [name = '', options = '{}'] = process.argv.slice(2)
const contender = await contenderNamed(name)

let waiting: [string, number][] = []
await contender.serve(JSON.parse(options) as ServeOptions, (id) => {
  if (waiting.length === 0) setTimeout(tell, 20)
  waiting.push([id, now()])
})
process.send?.('ready')
process.on('disconnect', () => process.exit())

function tell(): void {
  process.send?.(waiting)
  waiting = []
}
