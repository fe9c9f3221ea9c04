// Preloaded into web and worker: should the launcher be killed, they end as if it had asked them to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
