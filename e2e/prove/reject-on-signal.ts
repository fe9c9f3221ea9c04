// Preloaded into a process of the product: each SIGUSR2 is a promise that is rejected and that nobody looks at.
process.on('SIGUSR2', () => void Promise.reject(new Error('A planted rejection.')))
