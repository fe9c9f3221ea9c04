// Names of what pages keep from the server, so that live updates know what to refresh. A key's prefix refreshes all of it.

export const queryKeys = {
  /** One task's detail. */
  task: (workspaceId: string, taskId: string) => ['workspace', workspaceId, 'task', taskId] as const,
  /** Every list and count of tasks; add the query behind it. */
  tasks: (workspaceId: string) => ['workspace', workspaceId, 'tasks'] as const,
  /** Every list of runs of workflows. */
  runs: (workspaceId: string) => ['workspace', workspaceId, 'runs'] as const,
  /** The tasks and runs that a document was used in. */
  documentUses: (workspaceId: string, documentId: string) =>
    ['workspace', workspaceId, 'runs', 'of-document', documentId] as const,
  /** One run with its steps. */
  run: (workspaceId: string, runId: string) => ['workspace', workspaceId, 'run', runId] as const,
  /** Every list of batches, and of their items. */
  batches: (workspaceId: string) => ['workspace', workspaceId, 'batches'] as const,
  /** One batch with where its items stand. */
  batch: (workspaceId: string, batchId: string) => ['workspace', workspaceId, 'batches', batchId] as const,
  /** Pools, processes, slots and times. */
  workers: (workspaceId: string) => ['workspace', workspaceId, 'workers'] as const,
  workspace: (workspaceId: string) => ['workspace', workspaceId] as const,
}
