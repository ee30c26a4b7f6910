import type { FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { TrackerAge } from '../view/fixes.ts'
import type { FixesWords } from '../words/fixes.ts'
import { linked } from './linked.ts'

/** When it is owed, or what became of it; what is late is said in words. */
export function dateOf({ figures }: Context, words: FixesWords, fix: FixSummary): Markup {
  const { state, due, overdueDays, doneAt, acceptance } = fix
  if (overdueDays > 0)
    return html`<strong class="late">${words.overdue(overdueDays, figures.count(overdueDays))}</strong> ${words.due(due)}`
  if (state === 'done' && doneAt !== undefined) return html`${words.doneOn(figures.date(doneAt))}`
  if (state === 'accepted' && acceptance !== undefined) return html`${words.acceptedUntil(acceptance.until)}`
  return state === 'open' ? html`${words.due(due)}` : NOTHING
}

/** How old the view of each tracker is: what stands above is no newer. Below it what is not in it. */
export function viewOf(context: Context, words: FixesWords, trackers: readonly TrackerAge[]): readonly Markup[] {
  return trackers.map((tracker) => html`${ageOf(context, words, tracker)}${asideOf(context, words, tracker)}`)
}

function ageOf({ figures }: Context, words: FixesWords, { name, readAt, failingSince }: TrackerAge): Markup {
  if (readAt === undefined) return html`<p class="empty">${words.viewNever(name)}</p>`
  const at = figures.stamp(readAt)
  return failingSince === undefined
    ? html`<p class="empty">${words.view(name, at)}</p>`
    : html`<p class="stale">${words.viewFailing(name, at)}</p>`
}

/** So many are linked; the list of the command has all of them. */
const FEW = 5

function asideOf(context: Context, words: FixesWords, { name, aside = [] }: TrackerAge): readonly Markup[] {
  const told = (say: FixesWords['notRead'], some: NonNullable<TrackerAge['aside']>) => {
    if (some.length === 0) return NOTHING
    const links = some.slice(0, FEW).map(({ url }) => html` ${linked(url, url)}`)
    return html`<p class="stale">${say(name, some.length, context.figures.count(some.length))}${links}</p>`
  }
  return [
    told(
      words.notRead,
      aside.filter(({ asks }) => asks !== true),
    ),
    told(
      words.notCounted,
      aside.filter(({ asks }) => asks === true),
    ),
  ]
}
