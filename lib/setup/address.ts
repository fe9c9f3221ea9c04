import { type Env, env, isLoopback } from '#lib/env.ts'

/** Whether passwords and documents cross a network without encryption: another machine can connect, and not by https. */
export function isReadableOnTheWay(settings: Env = env()): boolean {
  const url = settings.BATON_PUBLIC_URL
  if (url === undefined) return !isLoopback(settings.HOST)
  return !url.startsWith('https:') && !isLoopback(new URL(url).hostname)
}
