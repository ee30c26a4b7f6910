import { CHART_STYLE } from './chart-style.ts'
import type { Markup } from './markup.ts'
import { DARK, LIGHT } from './palette.ts'

/** Where a table would be wider than the window, its rows become cards in which each value carries its column's name. */
function cards(table: string, below: number): string {
  return `@media screen and (max-width: ${below}px) {
  ${table}, ${table} :is(tbody, tr, caption) { display: block; }
  ${table} thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  ${table} tbody tr { border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; margin: 8px 0; }
  ${table} tbody :is(th, td) {
    display: grid; grid-template-columns: 8.5rem 1fr; gap: 8px; align-items: baseline; text-align: start; white-space: normal;
    border: 0; padding: 4px 0;
  }
  ${table} tbody :is(th, td)::before { content: attr(data-label); color: var(--faint); font-weight: 400; }
  ${table} tbody .empty { display: none; }
}
`
}

/**
 * The look of a report. State colours were computed for colour-blind eyes (ux.md §7.2) and are used for marks and bars
 * only; text always has the text colour. System fonts, because nothing is fetched.
 */
export const STYLE: Markup = {
  markup: `
:root {
  color-scheme: light dark;
${LIGHT}}
@media (prefers-color-scheme: dark) {
  :root {
${DARK}  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 20px 64px; max-width: 1120px; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
:lang(ja) body { line-height: 1.7; line-break: strict; word-break: auto-phrase; }
h1 { font-size: 2rem; line-height: 1.25; margin: 8px 0; text-wrap: balance; }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 48px 0 12px; text-wrap: balance; }
h3 { font-size: 1.25rem; line-height: 1.4; margin: 32px 0 8px; text-wrap: balance; }
p, dd { max-width: 72ch; }
p { margin: 8px 0; }
a { color: inherit; text-decoration-color: var(--faint); text-underline-offset: 3px; }
.meta { color: var(--faint); font-size: 0.875rem; margin: 2px 0; max-width: none; }
.draft { color: var(--text); font-weight: 600; border-left: 4px solid var(--watch); padding-left: 8px; }
nav ul { list-style: none; padding: 0; margin: 16px 0 0; display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 0.875rem; }
.banner {
  margin: 0 0 16px; padding: 8px 12px; max-width: none; border-radius: 4px; font-weight: 600;
  background: var(--banner); color: var(--banner-text);
}
.tiles { display: grid; grid-auto-rows: auto auto 1fr; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); margin: 12px 0 16px; }
/* Label, figure and lines stand in rows that all tiles share. */
.tile { display: grid; grid-row: span 3; grid-template-rows: subgrid; row-gap: 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tile h3 { margin: 0; font-size: 0.875rem; font-weight: 600; color: var(--faint); }
.tile p { margin: 0; font-size: 0.875rem; }
.tile .figure { font-size: 2rem; font-weight: 650; line-height: 1.4; }
.tile .pair { grid-row: span 2; display: flex; flex-wrap: wrap; gap: 0 16px; align-content: start; }
.tile .pair > div { flex: 1 1 5.5rem; }
.tile-dots { display: block; width: 100%; max-width: 11rem; height: auto; margin: 2px 0; overflow: visible; }
.tile-dots path { stroke: var(--line); } .tile-dots circle { fill: var(--text); fill-opacity: 0.7; }
table { border-collapse: collapse; width: 100%; margin: 16px 0 24px; font-size: 0.875rem; }
table.narrow { max-width: 46rem; }
caption { text-align: start; font-weight: 600; padding-bottom: 4px; }
th, td { padding: 7px 12px 7px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; overflow-wrap: break-word; }
tbody th { font-weight: 600; min-width: 6.5rem; }
table.dense { font-size: 0.8125rem; } table.dense :is(th, td) { padding-right: 8px; } table.dense .bar { width: 48px; }
table.wide :is(th, td):not([class]) { min-width: 5.2em; }
.end { text-align: end; } .end + :where(:not(.end)) { padding-left: 12px; }
td.end, .short, .state { white-space: nowrap; }
.mark { font-size: 1.1em; }
.mark.healthy { color: var(--healthy); } .mark.watch { color: var(--watch); } .mark.risk { color: var(--risk); }
.mark.spent { color: var(--spent); } .mark.unjudged { color: var(--unjudged); }
.bar { display: inline-block; width: 96px; height: 10px; margin-right: 8px; vertical-align: baseline; }
rect.track { fill: var(--track); }
rect.healthy { fill: var(--healthy); } rect.watch { fill: var(--watch); } rect.risk { fill: var(--risk); }
rect.spent { fill: var(--spent); } rect.late { fill: var(--late); } rect.plain { fill: var(--plain); }
table.figures { width: auto; }
table.figures :is(td, thead th:not(:first-child)) { text-align: end; white-space: nowrap; }
table.figures tbody th { font-weight: 400; white-space: nowrap; }
table.figures :is(th, td) { padding: 2px 20px 2px 0; }
figure { margin: 16px 0 24px; }
details { overflow-x: auto; }
figcaption { font-weight: 600; font-size: 0.875rem; margin-bottom: 4px; }
summary { cursor: pointer; font-size: 0.875rem; color: var(--faint); padding: 4px 0; }
${CHART_STYLE}
.marks { white-space: nowrap; font-size: 0.75rem; }
.marks :is(i, b, .mark) { display: inline-block; min-width: 0.85em; text-align: center; }
.marks i { font-style: normal; font-size: 1.1em; color: var(--healthy); } .marks b { font-weight: 400; color: var(--faint); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 8px 24px; font-size: 0.875rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
${cards('table.wide', 860)}${cards('table.narrow', 640)}@media screen and (max-width: 1040px) {
  .tiles { grid-template-columns: 1fr 1fr; grid-auto-rows: 1fr; }
  .tile { grid-row: auto; grid-template-rows: auto auto 1fr; }
  table.wide { font-size: 0.8125rem; }
  table.wide :is(th, td) { padding-right: 8px; }
  table.wide .bar { width: 48px; margin-right: 6px; }
}
@media screen and (max-width: 640px) {
  body { padding: 16px 16px 48px; }
  h1 { font-size: 1.5rem; }
  h2 { font-size: 1.25rem; margin-top: 40px; }
  h3 { font-size: 1.125rem; }
  .tiles { gap: 8px; }
  .tile { padding: 8px 12px; }
  .tile .figure { font-size: 1.5rem; }
  dl { grid-template-columns: 1fr; gap: 2px; }
  dd { margin-bottom: 10px; }
}
@media print {
  @page { size: A4; margin: 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --line: #bbb; --text: #000; --faint: #333; --track: #eee;
    --healthy: #0085d1; --watch: #b08000; --risk: #9b2410; --spent: #3d0b20; --unjudged: #6a717b;
    --late: #000; --plain: #999; --banner: #fff; --banner-text: #000;
  }
  nav { display: none; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  .banner { border: 2px solid #000; }
  h2 { margin-top: 28px; }
  table, table.dense { font-size: 8pt; margin: 8px 0 16px; }
  th, td { padding: 5px 8px 5px 0; }
  tbody th { min-width: 6.2em; }
  dl { font-size: 8.5pt; }
  .bar { width: 48px; margin-right: 6px; outline: 1px solid #555; }
  rect.watch { fill: url(#print-watch); } rect.risk { fill: url(#print-risk); } rect.spent { fill: url(#print-spent); }
  rect { print-color-adjust: exact; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 8px; }
  .tile { padding: 8px 10px; } .tile :is(h3, p) { font-size: 8.5pt; } .tile .figure { font-size: 1.375rem; }
  .tile, tr, p, article, table.brief, figure { break-inside: avoid; }
  h2, h3, caption, :is(h2, h3) + p { break-after: avoid; }
  /* Nobody unfolds paper. */
  details:not([open]) { display: none; }
}
`,
}
