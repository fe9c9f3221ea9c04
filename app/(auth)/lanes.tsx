type Bar = { look: 'hatch' | 'bg-accent' | 'outline-bar'; left: number; width: number }

const LANES: Bar[][] = [
  [bar('hatch', 2, 9), bar('hatch', 12, 3), bar('bg-accent', 80, 6), bar('outline-bar', 87.5, 10)],
  [bar('hatch', 0, 6), bar('hatch', 7.5, 12), bar('bg-accent', 79, 10), bar('outline-bar', 91, 7)],
  [bar('hatch', 4, 10), bar('hatch', 15, 5), bar('bg-accent', 80, 4), bar('outline-bar', 86, 9)],
  [bar('hatch', 1, 3), bar('hatch', 5.5, 13), bar('bg-accent', 79, 12), bar('outline-bar', 93, 6)],
  [bar('hatch', 6, 12), bar('bg-accent', 80, 8), bar('outline-bar', 90, 4)],
  [bar('hatch', 0, 5), bar('hatch', 6.5, 12), bar('bg-accent', 79, 5), bar('outline-bar', 86, 13)],
]

/** What the product is about, behind the card: work waits at the left and gets done at the right. */
export function Lanes() {
  return (
    <div
      aria-hidden
      className="max-lg:hidden absolute inset-x-0 top-[196px] -z-1 grid gap-9 opacity-60 [mask-image:linear-gradient(90deg,transparent_1%,#000_18%,#000_82%,transparent_99%)]"
    >
      {LANES.map((bars, lane) => (
        // oxlint-disable-next-line react/no-array-index-key -- the picture never changes
        <div key={lane} className="lane">
          {bars.map(({ look, left, width }) => (
            <i key={left} className={look} style={{ left: `${left}%`, width: `${width}%` }} />
          ))}
        </div>
      ))}
    </div>
  )
}

function bar(look: Bar['look'], left: number, width: number): Bar {
  return { look, left, width }
}
