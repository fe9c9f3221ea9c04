import { Coins, Files, FileSearch, History, House, KeyRound, Languages, ListChecks, Server, Smile } from 'lucide-react'
import { CircleQuestionMark, TableOfContents, Tags, Workflow } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Action } from '#lib/access/policy.ts'

export type NavItem = { path: string; label: string; icon: LucideIcon; needs?: Action; separated?: boolean }

/** The pages of a workspace, in the order of the rail. An item appears here when its page exists. */
export const NAV: readonly NavItem[] = [
  { path: '', label: 'Home', icon: House },
  { path: '/tasks/new', label: 'Tasks', icon: ListChecks },
  { path: '/workflows', label: 'Workflows', icon: Workflow },
  { path: '/history', label: 'History', icon: History },
  { path: '/documents', label: 'Documents', icon: Files },
  { path: '/workers', label: 'Workers', icon: Server, separated: true },
  { path: '/prices', label: 'Prices', icon: Coins },
  { path: '/api-keys', label: 'API keys', icon: KeyRound, needs: 'key.read' },
]

/** Which item of the rail a page belongs to; a task belongs to History, a batch to Documents. */
export function currentItem(pathname: string): NavItem | undefined {
  const rest = pathname.replace(/^\/w\/[^/]+/, '')
  if (rest === '' || rest === '/') return NAV[0]
  if (/^\/tasks\/(?!new)/.test(rest)) return NAV.find((item) => item.path === '/history')
  if (rest.startsWith('/batches')) return NAV.find((item) => item.path === '/documents')
  return NAV.find((item) => item.path !== '' && rest.startsWith(item.path))
}

/** What leads to the page, before its own name; a task leads back to the list `from` which it was opened. */
export function crumbsOf(
  pathname: string,
  from: string | null,
): { before: { label: string; path?: string }[]; here: string } {
  const rest = pathname.replace(/^\/w\/[^/]+/, '')
  if (rest.startsWith('/tasks/new')) return { before: [{ label: 'Tasks' }], here: 'New task' }
  if (rest.startsWith('/tasks/'))
    return { before: [{ label: 'History', path: from ? `/history?${from}` : '/history' }], here: 'Task' }
  if (rest.startsWith('/workflows/'))
    return { before: [{ label: 'Workflows', path: '/workflows' }], here: hereIn(rest) }
  if (rest.startsWith('/batches')) {
    const above = [{ label: 'Documents', path: '/documents' }]
    if (rest === '/batches') return { before: above, here: 'Batches' }
    const here = rest === '/batches/new' ? 'New batch' : 'Batch'
    return { before: [...above, { label: 'Batches', path: '/batches' }], here }
  }
  if (rest.startsWith('/documents/')) return { before: [{ label: 'Documents', path: '/documents' }], here: 'Document' }
  return { before: [], here: currentItem(pathname)?.label ?? 'Baton' }
}

const WORKER_ICONS: Record<string, LucideIcon> = {
  'document-analyzer': FileSearch,
  'category-classifier': Tags,
  'sentiment-analyzer': Smile,
  summarizer: TableOfContents,
  'question-generator': CircleQuestionMark,
  translator: Languages,
  planner: Workflow,
}

export function WorkerIcon({ worker, className = 'i' }: { worker: string; className?: string }) {
  const Icon = WORKER_ICONS[worker] ?? FileSearch
  return <Icon className={className} aria-hidden />
}

export function workerIcon(worker: string): LucideIcon {
  return WORKER_ICONS[worker] ?? FileSearch
}

function hereIn(rest: string): string {
  if (rest.includes('/runs/')) return 'Run'
  return rest.endsWith('/triggers') ? 'Triggers' : 'New run'
}
