import { html, type Markup } from '../format/markup.ts'

/** All charts are drawn in this width and scale with the page. */
export const WIDTH = 720

/** The element around a chart: one image with one sentence to a screen reader, its figures are in the table beside it. */
export function framed(height: number, summary: string, content: readonly Markup[]): Markup {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${summary}">${content}</svg>`
}

/** Text at a point. */
export function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start'): Markup {
  return html`<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`
}

/** Tenths of a pixel are seen by nobody, and a hundredth of them makes a page longer. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** Days that an axis names: the first, every fifth, and no number that would touch the last. */
export function ticks(days: number): readonly number[] {
  return [1, ...Array.from({ length: Math.floor(days / 5) }, (_, i) => (i + 1) * 5)]
}
