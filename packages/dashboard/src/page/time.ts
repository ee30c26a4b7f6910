import { html, type Markup } from '@tabiji/report/page'
import type { Context } from './context.ts'

/** The time of today, or the whole date of another day. */
export function timeText({ figures, around }: Context, iso: string): string {
  const stamp = figures.stamp(iso)
  return stamp.startsWith(figures.date(around.now)) ? stamp.slice(11) : stamp
}

/** A moment as its reader's zone has it; the exact one goes along. */
export function timeOf(context: Context, iso: string): Markup {
  const { figures, around } = context
  return html`<time datetime="${iso}" title="${figures.stamp(iso)} ${around.zone}">${timeText(context, iso)}</time>`
}
