'use client'

import { CalendarClock } from 'lucide-react'
import { useMemo } from 'react'
import { useNow } from '#app/_ui/clock.tsx'
import { cronProblem, cronWords, nextTimes } from '#lib/triggers/cron.ts'
import { NextTimes } from './next-times.tsx'

/** What the typed schedule means, before anything is made of it. */
export function SchedulePreview({ cron, timeZone }: { cron: string; timeZone: string }) {
  const now = useNow('minute')
  const { problem, times } = useMemo(() => {
    const found = cronProblem(cron, timeZone)
    return {
      problem: found,
      times: found === null ? nextTimes({ cron, timeZone }, new Date(now), 5).map((time) => time.toISOString()) : [],
    }
  }, [cron, timeZone, now])
  return (
    <div className="rounded-md border border-line bg-well px-3 py-2.5 text-12" aria-live="polite">
      <p className="flex items-center gap-1.5 font-medium text-13">
        <CalendarClock className="i text-soft" aria-hidden />
        {problem ?? cronWords(cron)}
      </p>
      {problem === null ? <NextTimes times={times} timeZone={timeZone} /> : null}
    </div>
  )
}
