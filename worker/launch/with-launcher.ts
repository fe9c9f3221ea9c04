// Preloaded into web and worker: should the launcher be killed, they end as if it had asked them to. What they start
// themselves inherits this module, but has another parent and is theirs to end.
const launcher = Number(new URL(import.meta.url).searchParams.get('launcher'))

if (process.ppid === launcher) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}
