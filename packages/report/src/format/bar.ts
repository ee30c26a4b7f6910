import type { Segment } from '../document/block.ts'

/** Cells of a bar; enough to see a tenth. */
const BAR_CELLS = 10

/** `▓▓▓▒░░░░░░`: each piece rounded down, but anything above nothing is seen. */
export function renderBar(bar: readonly Segment[]): string {
  const pieces = bar.map(({ ppm }, i) => {
    const length = ppm === 0 ? 0 : Math.max(1, Math.floor((ppm * BAR_CELLS) / 1_000_000))
    return (i === 0 ? '▓' : '▒').repeat(length)
  })
  return pieces.join('').slice(0, BAR_CELLS).padEnd(BAR_CELLS, '░')
}
