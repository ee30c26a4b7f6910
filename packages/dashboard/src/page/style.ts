import { CHART_STYLE, COURSE_STYLE, DARK, LIGHT } from '@tabiji/report/page'
import { CURSOR_STYLE } from './course-style.ts'
import { FORM_STYLE } from './form-style.ts'
import { INCIDENT_STYLE } from './incident-style.ts'
import { SCREEN_STYLE } from './screen-style.ts'
import { STATE_STYLE } from './state-style.ts'

/** Tables that are wider than a phone become cards in which each value carries its column's name. */
const CARDS = `
@media screen and (max-width: 860px) {
  table.wide, table.wide :is(tbody, tr, caption) { display: block; }
  table.wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.wide tbody tr { border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; margin: 8px 0; }
  table.wide tbody :is(th, td) { display: block; border: 0; padding: 4px 0; text-align: start; }
  table.wide tbody td { display: grid; grid-template-columns: 8.5rem 1fr; gap: 8px; align-items: baseline; }
  table.wide tbody td::before { content: attr(data-label); color: var(--faint); }
  table.wide thead a { visibility: hidden; }
  table.wide tbody tr.team { border: 0; padding: 0; margin: 16px 0 0; }
  table.wide tbody td:has(> span:empty) { display: none; }
  table.wide tbody td:has(> .acts) { display: block; padding-top: 8px; }
  table.wide tbody td:has(> .acts)::before { content: none; }
}
`

/** The look of every page: the frame, and what all screens use. Screens add to it in a part of their own. */
export const STYLE = `
:root { color-scheme: light dark;
${LIGHT}  --accent: #0b5cad; --burning: #9b2410; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {
${DARK}  --accent: #8cc4ff; --burning: #ff9a76; } }
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark;
${DARK}  --accent: #8cc4ff; --burning: #ff9a76; }
* { box-sizing: border-box; }
html { scroll-padding-top: 72px; }
body {
  margin: 0 auto; padding: 0 20px 48px; max-width: 1280px; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
:lang(ja) body { line-height: 1.7; line-break: strict; word-break: auto-phrase; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 20px 0 8px; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 32px 0 8px; text-wrap: balance; }
h3 { font-size: 1rem; margin: 20px 0 4px; }
p { margin: 8px 0; max-width: 72ch; }
a { color: var(--accent); text-underline-offset: 3px; }
code { font-size: 0.875em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999px; top: 8px; background: var(--page); padding: 8px 12px; z-index: 2; }
.skip:focus { left: 12px; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 10px 0; border-bottom: 1px solid var(--line); }
.brand { color: var(--text); text-decoration: none; font-weight: 650; font-size: 1.125rem; }
.brand span { font-weight: 400; color: var(--faint); font-size: 0.875rem; }
.head nav { flex: 1; }
.head nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 4px; margin: 0; padding: 0; }
.head nav a { display: block; padding: 8px 10px; color: var(--text); text-decoration: none; border-radius: 6px; }
.head nav a[aria-current] { font-weight: 650; box-shadow: inset 0 -2px var(--accent); border-radius: 0; }
.head nav a:hover { background: var(--card); }
.count { display: inline-block; min-width: 1.4em; padding: 0 5px; border-radius: 9px; background: var(--text); color: var(--page); font-size: 0.75rem; text-align: center; }
.controls { display: flex; align-items: center; gap: 12px; font-size: 0.875rem; }
.controls form { display: flex; gap: 4px; }
.ringing { margin: 8px 0; padding: 8px 12px; max-width: none; border-left: 6px solid var(--burning); background: var(--card); }
.striped { border-left: 0; padding-left: 22px; background: repeating-linear-gradient(135deg, var(--burning) 0 6px, transparent 6px 12px) left / 12px 100% no-repeat, var(--card); }
.stale, .banner, .failed { margin: 8px 0; padding: 8px 12px; max-width: none; background: var(--banner); color: var(--banner-text); font-weight: 600; }
.notice { margin: 12px 0; padding: 8px 12px; border: 1px solid var(--line); border-left: 6px solid var(--accent); background: var(--card); }
.notice.refused { border-left-color: var(--burning); }
.foot { margin-top: 48px; border-top: 1px solid var(--line); font-size: 0.8125rem; color: var(--faint); }
.foot p { max-width: none; }
table { border-collapse: collapse; width: 100%; margin: 12px 0 24px; font-size: 0.875rem; }
caption { text-align: start; font-weight: 600; padding-bottom: 4px; font-size: 1rem; }
th, td { padding: 7px 12px 7px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; }
.end { text-align: end; }
td.end { white-space: nowrap; }
.mark { font-size: 1.1em; }
.mark.healthy { color: var(--healthy); } .mark.watch { color: var(--watch); } .mark.risk { color: var(--risk); }
.mark.spent { color: var(--spent); } .mark.unjudged { color: var(--unjudged); }
.bar { width: 96px; height: 10px; margin-right: 8px; }
rect.track { fill: var(--track); }
rect.healthy { fill: var(--healthy); } rect.watch { fill: var(--watch); } rect.risk { fill: var(--risk); } rect.spent { fill: var(--spent); }
rect.late { fill: var(--late); } rect.plain { fill: var(--plain); }
.burning { color: var(--burning); white-space: nowrap; }
.empty { color: var(--faint); }
.under { display: block; font-weight: 400; font-size: 0.8125rem; color: var(--faint); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
summary { cursor: pointer; font-size: 0.8125rem; color: var(--faint); padding: 4px 0; }
figure { margin: 16px 0 24px; }
figcaption { font-weight: 600; font-size: 0.875rem; margin-bottom: 4px; }
${CHART_STYLE}${COURSE_STYLE}${CURSOR_STYLE}
${FORM_STYLE}${SCREEN_STYLE}${INCIDENT_STYLE}${CARDS}
@media (max-width: 640px) { body { padding: 0 16px 40px; } h1 { font-size: 1.5rem; } .head nav { order: 3; flex-basis: 100%; } .head nav a { padding: 10px 8px; } .controls { margin-left: auto; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
${STATE_STYLE}`
