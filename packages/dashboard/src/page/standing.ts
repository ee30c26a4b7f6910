import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Ringing, Unread } from './around.ts'
import type { Context } from './context.ts'
import { actionOf } from './form.ts'
import { agoOf } from './length.ts'
import { panelOf } from './panel.ts'
import { timeOf, timeText } from './time.ts'

const MOST_NAMES = 5

/**
 * What must be seen before anything else: made-up numbers, pages that ring, numbers that are old. What carries `data-say` is
 * said aloud once, when it first stands there.
 */
export function standingOf(context: Context): Markup {
  const { frame, around } = context
  const sample = around.sample ? html`<p class="banner">${frame.sample}</p>\n` : NOTHING
  const further = around.open.pages - around.ringing.length
  const more =
    further > 0 ? html`<p class="ringing"><a href="/alerts?level=1">${frame.moreRinging(further)}</a></p>\n` : NOTHING
  const pages = panelOf(
    context,
    'ringing',
    frame.ringingPanel,
    () => html`${around.ringing.map((page) => ringingOf(context, page))}${more}`,
  )
  const other =
    around.zone === around.houseZone
      ? NOTHING
      : html`<p class="empty">${frame.otherZone(around.zone, around.houseZone)}</p>\n`
  return html`${sample}${pages}${staleOf(context)}${other}`
}

/** A page that nobody has is said aloud at once, and taken from here. */
function ringingOf(context: Context, { id, journey, since, taken, silenced }: Ringing): Markup {
  const { frame, titled, figures } = context
  const path = `/alerts/${encodeURIComponent(id)}`
  const who = taken === undefined ? frame.nobody : frame.taken(taken)
  // What was pressed by mistake is taken back where it was pressed.
  const take =
    taken === undefined
      ? actionOf(context, `/do${path}/ack`, frame.acknowledge)
      : taken === context.around.visitor.name
        ? actionOf(context, `/do${path}/unack`, frame.giveBack)
        : NOTHING
  const quiet =
    silenced === undefined
      ? NOTHING
      : html`<span class="quiet">${frame.silenced(silenced.by, silenced.reason, silenced.until && figures.stamp(silenced.until))}</span> `
  const kind = silenced === undefined ? 'ringing' : 'ringing striped'
  const say = taken === undefined && silenced === undefined ? 'urgent' : 'polite'
  return html`<div class="${kind}" id="ringing-${id}" data-say="${say}">
<strong>${frame.ringing(titled(journey))}</strong> ${quiet}${who} ${timeOf(context, since)} <a href="${path}">${frame.open}</a> ${take}</div>\n`
}

/** What was not read lately, or never: its numbers stay, and say of when they are. */
function staleOf(context: Context): readonly Markup[] {
  const { frame, around } = context
  const late = around.unread.filter(({ since }) => since !== undefined)
  const never = around.unread.filter(({ since }) => since === undefined)
  const [first] = late.flatMap(({ since = '' }) => since).toSorted()
  const told = []
  if (first !== undefined) {
    const length = agoOf(context, Date.parse(around.now) - Date.parse(first))
    told.push(frame.unread(timeText(context, first), length, namesOf(context, late)))
  }
  // Of single ones their own rows say it: a journey may stand in the file before its first release.
  if (never.length > 0 && around.dataUntil === undefined) told.push(frame.neverRead(namesOf(context, never)))
  return told.map((line, i) => html`<p class="stale" id="stale-${i}" data-say="polite">${line}</p>\n`)
}

function namesOf({ titled, figures, frame }: Context, unread: readonly Unread[]): string {
  const names = unread.slice(0, MOST_NAMES).map(({ journey }) => titled(journey))
  const further = unread.length - names.length
  return figures.list(further > 0 ? [...names, frame.more(further)] : names)
}
