import type { BudgetState } from '@tabiji/core/report'
import { html, type Markup, NOTHING } from '@tabiji/report/page'

const WIDTH = 96
const MARK = 2

/**
 * A bar of what is spent of a budget: it fills from the left, and is full when nothing is left.
 *
 * @param evenPpm where an even pace would be by now; absent: no mark
 */
export function drawSpent(leftPpm: number, state: BudgetState, evenPpm?: number): Markup {
  const spent = Math.min(WIDTH, Math.max(0, widthOf(1_000_000 - leftPpm)))
  const mark =
    evenPpm === undefined
      ? NOTHING
      : html`<rect class="pace" x="${Math.min(WIDTH - MARK, widthOf(evenPpm))}" width="${MARK}" height="10"/>`
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" aria-hidden="true"><rect class="track" width="${WIDTH}" height="10"/><rect class="${state}" width="${spent}" height="10"/>${mark}</svg>`
}

function widthOf(ppm: number): number {
  return Math.round((ppm * WIDTH) / 1_000_000)
}
