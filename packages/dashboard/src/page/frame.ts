import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Around } from './around.ts'
import { type Context, contextOf } from './context.ts'
import { controls } from './controls.ts'
import { SECTIONS, type Section } from './section.ts'
import { standingOf } from './standing.ts'
import { timeOf, timeText } from './time.ts'

/** One screen: what stands between the frame's head and foot. */
export type Screen = {
  /** Of the window; the heading is the screen's own. */
  readonly title: string
  /** Which entry of the navigation it belongs to. */
  readonly under: Section
  readonly body: Markup
  /** It is practice: that is seen at a glance on every page of it. */
  readonly drill?: boolean
  /** The address of what is shown now, which says so tomorrow too: `month=2026-10` where the page's own says nothing. */
  readonly link?: string
  /** An answer rather than a view of the books: it does not follow them. */
  readonly isStill?: true
}

/** Writes a whole page. @param write makes the screen from the words and figures of its reader */
export function pageOf(around: Around, write: (context: Context) => Screen): string {
  const context = contextOf(around)
  const screen = write(context)
  const { title, under, body, isStill } = screen
  const { frame } = context
  const { pages } = around.open
  const titled = pages === 0 ? title : `(${pages}!) ${title}`
  const page = html`<!doctype html>
<html lang="${around.language}" data-theme="${around.theme}" data-keys="${around.keys ? 'on' : 'off'}"${isStill === true ? html` data-still` : NOTHING}${around.kiosk ? html` data-kiosk` : NOTHING}${around.paper ? html` data-paper` : NOTHING}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titled} · Tabiji</title>
<link rel="icon" href="/assets/${around.ringing.length > 0 ? 'ringing' : 'calm'}.svg" type="image/svg+xml">
<link rel="stylesheet" href="${around.assets.style}">
${around.paper ? NOTHING : html`<script type="module" src="${around.assets.script}"></script>`}
</head>
<body>
${around.paper ? NOTHING : html`<a class="skip" href="#content">${frame.skip}</a>\n${headOf(context, under)}`}
<p id="said" class="hidden" role="status"></p><p id="said-now" class="hidden" role="alert"></p>
<div id="standing" data-live>${standingOf(context)}</div>
<p id="connection" class="stale" role="status" data-live hidden>${frame.reconnecting(timeText(context, around.now))}</p>
${signedOutOf(context)}<main id="content" tabindex="-1"${screen.drill === true ? html` class="practice"` : NOTHING}>
${screen.drill === true ? html`<p class="practice-band">${frame.practice}</p>\n` : NOTHING}${noticeOf(around)}${body}
</main>
${footOf(context, screen)}
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

/** What an open page says once its reader is signed out; by a name alone nobody ever is. */
function signedOutOf({ frame, around }: Context): Markup {
  if (around.visitor.by === 'name') return NOTHING
  return html`<p id="signed-out" class="stale" role="status" hidden>${frame.signedOut} <a href="/sign-in?to=${encodeURIComponent(around.path)}">${frame.signIn}</a></p>\n`
}

function noticeOf({ notice }: Around): Markup {
  if (notice === undefined) return NOTHING
  const role = notice.kind === 'done' ? 'status' : 'alert'
  const lines = notice.lines.map((line) => html`<p>${line}</p>`)
  return html`<div class="notice ${notice.kind}" role="${role}" id="notice" tabindex="-1">${lines}</div>\n`
}

function footOf(context: Context, { link }: Screen): Markup {
  const { frame, around } = context
  if (around.paper) return html`<footer class="foot"><p>${booksOf(context)}Tabiji ${around.version}</p></footer>`
  const copy = html`<a href="${link ?? around.path}" data-copy="${frame.copied}" data-key="c">${frame.copyLink}</a>`
  const leave = around.kiosk
    ? html` · <a href="${withoutKiosk(around.path)}" data-key="Escape">${frame.leaveKiosk}</a>`
    : NOTHING
  return html`<footer class="foot" id="foot" data-live>
<p>${booksOf(context)}Tabiji ${around.version}<span class="ways">
· ${copy} · <a href="/settings">${frame.sections.settings}</a> · <a href="/settings#keys">${frame.keys}</a>${leave}</span></p>
</footer>`
}

/** Until when the numbers go. Without a fingerprint no books were asked, so nothing is said of them. */
function booksOf(context: Context): Markup {
  const { frame, around } = context
  if (around.fingerprint === '') return NOTHING
  const until = around.dataUntil === undefined ? html`–` : timeOf(context, around.dataUntil)
  return html`${frame.dataUntil} ${until} · ${around.zone} · ${frame.rules} <code>${around.fingerprint}</code> · `
}

function withoutKiosk(path: string): string {
  return path.replace(/([?&])kiosk=[^&#]*&?/, '$1').replace(/[?&]$/, '')
}
