import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Around, Ringing } from './around.ts'
import { type Context, contextOf } from './context.ts'
import { controls } from './controls.ts'
import { actionOf } from './form.ts'
import { SECTIONS, type Section } from './section.ts'
import { timeOf, timeText } from './time.ts'

/** One screen: what stands between the frame's head and foot. */
export type Screen = {
  /** Of the window; the heading is the screen's own. */
  readonly title: string
  /** Which entry of the navigation it belongs to. */
  readonly under: Section
  readonly body: Markup
}

/** Writes a whole page. @param write makes the screen from the words and figures of its reader */
export function pageOf(around: Around, write: (context: Context) => Screen): string {
  const context = contextOf(around)
  const { title, under, body } = write(context)
  const { frame } = context
  const page = html`<!doctype html>
<html lang="${around.language}" data-theme="${around.theme}" data-keys="${around.keys ? 'on' : 'off'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Tabiji</title>
<link rel="icon" href="/assets/${around.ringing.length > 0 ? 'ringing' : 'calm'}.svg" type="image/svg+xml">
<link rel="stylesheet" href="${around.assets.style}">
<script type="module" src="${around.assets.script}"></script>
</head>
<body>
<a class="skip" href="#content">${frame.skip}</a>
${headOf(context, under)}
<div id="standing" data-live aria-live="polite">${standingOf(context)}</div>
<p id="connection" class="stale" role="status" hidden>${frame.reconnecting(timeText(context, around.dataUntil))}</p>
<main id="content" tabindex="-1">
${noticeOf(around)}${body}
</main>
${footOf(context)}
</body>
</html>
`
  return page.markup
}

function headOf(context: Context, under: Section): Markup {
  const { frame, around } = context
  const numbers: Partial<Record<Section, number>> = around.open
  const links = SECTIONS.map((section) => {
    const count = numbers[section] ?? 0
    const here = section === under ? html` aria-current="page"` : NOTHING
    const badge = count > 0 ? html` <span class="count">${count}</span>` : NOTHING
    return html`<li><a href="/${section}"${here}>${frame.sections[section]}${badge}</a></li>\n`
  })
  return html`<header class="head">
<a class="brand" href="/journeys">旅路 <span>Tabiji</span></a>
<nav aria-label="${frame.navigation}" id="navigation" data-live><ul>
${links}</ul></nav>
${controls(context)}
</header>`
}

/** What must be seen before anything else: made-up numbers, pages that ring, numbers that are old. */
function standingOf(context: Context): Markup {
  const { frame, around } = context
  const unread =
    around.unread.length === 0 ? NOTHING : html`<p class="stale">${frame.unread(around.unread.join(', '))}</p>\n`
  const sample = around.sample ? html`<p class="banner">${frame.sample}</p>\n` : NOTHING
  return html`${sample}${around.ringing.map((page) => ringingOf(context, page))}${unread}`
}

/** A page that nobody has is said aloud, and taken from here. */
function ringingOf(context: Context, { id, journey, since, taken, silenced }: Ringing): Markup {
  const { frame, titled, figures } = context
  const path = `/alerts/${encodeURIComponent(id)}`
  const who = taken === undefined ? frame.nobody : frame.taken(taken)
  const take = taken === undefined ? actionOf(context, `/do${path}/ack`, frame.acknowledge) : NOTHING
  const quiet =
    silenced === undefined
      ? NOTHING
      : html`<span class="quiet">${frame.silenced(silenced.by, silenced.reason, silenced.until && figures.stamp(silenced.until))}</span> `
  const kind = silenced === undefined ? 'ringing' : 'ringing striped'
  return html`<div class="${kind}" role="${taken === undefined && silenced === undefined ? 'alert' : 'status'}">
<strong>${frame.ringing(titled(journey))}</strong> ${quiet}${who} ${timeOf(context, since)} <a href="${path}">${frame.open}</a> ${take}</div>\n`
}

function noticeOf({ notice }: Around): Markup {
  if (notice === undefined) return NOTHING
  const role = notice.kind === 'done' ? 'status' : 'alert'
  const lines = notice.lines.map((line) => html`<p>${line}</p>`)
  return html`<div class="notice ${notice.kind}" role="${role}" id="notice" tabindex="-1">${lines}</div>\n`
}

function footOf(context: Context): Markup {
  const { frame, around } = context
  // Without a fingerprint no books were asked, so nothing is said of them.
  const books =
    around.fingerprint === ''
      ? NOTHING
      : html`${frame.dataUntil} ${timeOf(context, around.dataUntil)} · ${around.zone} · ${frame.rules} <code>${around.fingerprint}</code> · `
  return html`<footer class="foot" id="foot" data-live>
<p>${books}Tabiji ${around.version}
· <a href="/settings">${frame.sections.settings}</a> · <a href="/settings#keys">${frame.keys}</a></p>
</footer>`
}
