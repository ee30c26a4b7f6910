import { html, type Markup, NOTHING } from '../format/markup.ts'

/** All charts are drawn in this width and scale with the page. */
export const WIDTH = 720

/** The element around a chart: one image with one sentence to a screen reader, its figures are in the table beside it. */
export function framed(height: number, summary: string, content: readonly Markup[]): Markup {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${summary}">${content}</svg>`
}

/** Text at a point. */
export function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start'): Markup {
  const anchored = anchor === 'start' ? NOTHING : html` text-anchor="${anchor}"`
  return html`<text x="${round(x)}" y="${round(y)}"${anchored}>${text}</text>`
}

/** Tenths of a pixel are seen by nobody, and a hundredth of them makes a page longer. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** The names of an axis below it, each in the middle of its place. */
export function axisLabels(y: number, named: readonly { readonly x: number; readonly text: string }[]): Markup {
  return html`<text y="${y}" text-anchor="middle">${named.map(({ x, text }) => html`<tspan x="${round(x)}">${text}</tspan>`)}</text>`
}

/** Days that an axis names: the first, every fifth, and no number that would touch the last. */
export function ticks(days: number): readonly number[] {
  return [1, ...Array.from({ length: Math.floor(days / 5) }, (_, i) => (i + 1) * 5)]
}
