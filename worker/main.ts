// The worker process: `npm run worker`. Runs until SIGTERM or SIGINT, whatever happens to Postgres meanwhile.
import module from 'node:module'
import v8 from 'node:v8'

// Later starts need neither to compile nor to load what strips types: 0.3 s and 30 MB less.
module.enableCompileCache()
// Loading the libraries makes 150 MB of garbage, most of it one package.json parsed for each of its files. With a young
// generation that does not grow meanwhile the process stays under 150 MB instead of 400; afterwards it may.
v8.setFlagsFromString('--semi-space-growth-factor=1')
const { serve } = await import('./serve.ts')
await serve()
// Over 14,000 tasks of a model the process grew from 319 to 441 MB, nearly all of it garbage; so it stays at 290.
v8.setFlagsFromString('--heap-growing-percent=50')
v8.setFlagsFromString('--semi-space-growth-factor=2')
