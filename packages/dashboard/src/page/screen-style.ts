/** What single screens add to the look. */
export const SCREEN_STYLE = `
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); margin: 12px 0 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; }
.tile h2, .tile h3 { margin: 0; font-size: 0.875rem; font-weight: 600; color: var(--faint); }
.tile p { margin: 0; font-size: 0.875rem; }
.tile .figure { font-size: 1.75rem; font-weight: 650; line-height: 1.4; }
table:is(.figures, .keys) { width: auto; } table.keys th { white-space: nowrap; }
table.figures :is(td, thead th:not(:first-child)) { text-align: end; white-space: nowrap; }
table.figures :is(th, td) { padding: 2px 20px 2px 0; }
details { overflow-x: auto; }
.months { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; padding: 0; }
.months li { text-align: center; font-size: 0.75rem; min-width: 3.5rem; }
h2 a[aria-current] { color: var(--text); text-decoration-thickness: 3px; }
@media (max-width: 640px) { .tiles { grid-template-columns: 1fr 1fr; gap: 8px; } .tile { padding: 8px 10px; } .tile .figure { font-size: 1.25rem; } }
.board { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 16px; align-items: start; }
.board section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 4px 12px 8px; }
.board h2 { margin: 8px 0; font-size: 1rem; }
.board ul { list-style: none; margin: 0; padding: 0; }
.board li { background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin: 8px 0; font-size: 0.875rem; }
.late { color: var(--burning); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 6px 24px; font-size: 0.875rem; }
dt { color: var(--faint); } dd { margin: 0; }
details.sheet { display: inline-block; max-width: 100%; vertical-align: top; margin: 4px 12px 4px 0; }
details.sheet[open] { display: block; }
details.sheet > summary { color: var(--accent); font-size: 0.875rem; }
.plain { list-style: none; padding: 0; } .plain li { margin: 8px 0; }
.crumbs { margin: 12px 0 0; font-size: 0.875rem; }
.frames { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; }
.sum { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 4px 0 8px; }
table.journeys .rest { display: inline-block; min-width: 4.5rem; }
table.journeys tr.team th { padding-top: 20px; color: var(--faint); }
table.journeys td > span { display: block; }
.counts { font-weight: 400; margin-left: 8px; }
.toolbar { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.875rem; }
table.journeys tbody th { min-width: 14rem; }
table.journeys tbody th .mark { margin-right: 4px; }
table.journeys tbody th > a { font-size: 1rem; }
.days { width: 120px; height: 20px; display: block; }
.days rect.within { fill: var(--plain); } .days rect.over { fill: var(--text); } .days rect.worst { fill: var(--burning); }
.acts { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
.drill { border: 2px solid var(--text); padding: 0 4px; }
table.alerts :is(th, td) { overflow-wrap: break-word; }
@media (min-width: 861px) {
  table.alerts { table-layout: fixed; }
  table.alerts th:nth-child(1) { width: 19%; } table.alerts th:nth-child(2) { width: 11%; } table.alerts th:nth-child(3) { width: 8%; }
  table.alerts th:nth-child(4) { width: 8%; } table.alerts th:nth-child(5) { width: 12%; } table.alerts th:nth-child(6) { width: 18%; }
}
.practice { border: solid; border-width: 10px; border-image: repeating-linear-gradient(135deg, var(--burning) 0 10px, transparent 10px 20px) 10; padding: 8px 12px; margin-top: 8px; }
.practice-band { margin: 0; max-width: none; font-weight: 700; text-align: center; }
.year li { border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; } .year li.issued { background: var(--card); font-weight: 600; } .year li.draft { border-style: dashed; }
nav.at-foot { display: none; }
@media (max-width: 640px) {
  .at-foot, nav.at-foot { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; justify-content: space-around; position: fixed; inset: auto 0 0; z-index: 1; background: var(--page); border-top: 1px solid var(--line); padding: 4px 12px; }
  .at-foot a { display: inline-block; min-height: 44px; line-height: 44px; } .at-foot button { min-height: 44px; }
  body:has(.at-foot) { padding-bottom: 96px; }
}
.sum a[aria-current] { color: var(--text); font-weight: 600; text-decoration-thickness: 3px; }
@media (pointer: coarse) { .acts a, :is(.sum, .toolbar) a { display: inline-block; min-height: 44px; line-height: 44px; } }
`
