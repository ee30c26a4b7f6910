import { LIGHT } from '@tabiji/report/page'

/** Everything as by day, and nothing that only a screen can do. @param root which pages */
function onPaper(root: string): string {
  return `${root}, ${root}:not([data-theme=light]), ${root}[data-theme=dark] { color-scheme: light;
${LIGHT}  --accent: #0b5cad; --burning: #9b2410; }
${root} body { max-width: none; font-size: 10.5pt; }
${root} :is(.head, form, .toolbar, .skip, details.sheet, .sort span, summary, .ways, button) { display: none !important; }
${root} :is(.ringing, .stale, .banner, .notice) { border: 1px solid; background: none; color: var(--text); }
${root} :is(tr, figure, .tile) { break-inside: avoid; }
${root} :is(h2, h3, caption) { break-after: avoid; }
${root} thead { display: table-header-group; }
${root} :is(.mark, rect, path) { print-color-adjust: exact; }
${root} a { color: var(--text); text-decoration: none; }`
}

/** Pages that are old, partly missing, on a wall, or on paper. */
export const STATE_STYLE = `
.old { color: var(--faint); white-space: nowrap; font-weight: 400; }
.stale { background: var(--card); color: var(--text); border-left: 6px solid var(--unjudged); }
.failed { max-width: none; } .failed p { margin: 2px 0; }
.sort { color: inherit; text-decoration: none; white-space: nowrap; } .sort:hover, .sort:focus-visible { text-decoration: underline; }
.bar .pace { fill: var(--text); }
tr.more th { padding-left: 24px; font-weight: 400; }
@media (min-width: 861px) { :root[data-kiosk] { font-size: 150%; } }
:root[data-kiosk] body { max-width: none; }
:root[data-kiosk] :is(.head, .filter, .skip, .toolbar, main form, .ringing form, .acts) { display: none; }
:root[data-kiosk] .ringing { font-size: 1.5rem; }
@media print {
body { padding: 0; }
${onPaper(':root')}
}
${onPaper(':root[data-paper]')}
`
