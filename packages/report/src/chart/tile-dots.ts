import { html, type Markup } from '../format/markup.ts'
import { round } from './frame.ts'

const LENGTH = 100
const RADIUS = 4

/** Single cases on a short axis, without a word: what they say stands beside them. @param dots parts per million of its length */
export function drawTileDots(dots: readonly number[]): Markup {
  const [width, middle] = [LENGTH + 2 * RADIUS, RADIUS + 1]
  const drawn = dots.map(
    (ppm) => html`<circle cx="${round(RADIUS + (ppm * LENGTH) / 1_000_000)}" cy="${middle}" r="${RADIUS}"/>`,
  )
  return html`<svg class="tile-dots" viewBox="0 0 ${width} ${2 * middle}" aria-hidden="true"><path d="M0 ${middle}H${width}"/>${drawn}</svg>`
}
