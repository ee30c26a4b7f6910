import type { FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { TrackerAge } from '../view/fixes.ts'
import type { FixesWords } from '../words/fixes.ts'

/** When it is owed, or what became of it; what is late is said in words. */
export function dateOf({ figures }: Context, words: FixesWords, fix: FixSummary): Markup {
  const { state, due, overdueDays, doneAt, acceptance } = fix
  if (overdueDays > 0)
    return html`<strong class="late">${words.overdue(overdueDays, figures.count(overdueDays))}</strong> ${words.due(due)}`
  if (state === 'done' && doneAt !== undefined) return html`${words.doneOn(figures.date(doneAt))}`
  if (state === 'accepted' && acceptance !== undefined) return html`${words.acceptedUntil(acceptance.until)}`
  return state === 'open' ? html`${words.due(due)}` : NOTHING
}

/** How old the view of each tracker is: what stands above is no newer. */
export function viewOf({ figures }: Context, words: FixesWords, trackers: readonly TrackerAge[]): readonly Markup[] {
  return trackers.map(({ name, readAt, failingSince }) => {
    if (readAt === undefined) return html`<p class="empty">${words.viewNever(name)}</p>`
    const at = figures.stamp(readAt)
    return failingSince === undefined
      ? html`<p class="empty">${words.view(name, at)}</p>`
      : html`<p class="stale">${words.viewFailing(name, at)}</p>`
  })
}
