/** `Next Thu 26 Nov 07:30, …` in the schedule's own time zone. */
export function NextTimes({ times, timeZone }: { times: readonly string[]; timeZone: string }) {
  if (times.length === 0) return null
  return (
    <p className="text-soft mt-1">
      Next{' '}
      {times.map((time, index) => (
        <span key={time}>
          {index === 0 ? '' : ', '}
          <time dateTime={time} className="num whitespace-nowrap">
            {shortTime(time, timeZone)}
          </time>
        </span>
      ))}
    </p>
  )
}

function shortTime(time: string, timeZone: string): string {
  const at = new Date(time)
  const day = at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  return `${day} ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })}`
}
