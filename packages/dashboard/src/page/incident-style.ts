import { FISHBONE_STYLE } from '@tabiji/report/page'

/** What the pages of incidents add to the look; the fishbone takes the colours of the page. */
export const INCIDENT_STYLE = `
${FISHBONE_STYLE}
main .tabiji-fishbone { --fb-page: var(--page); --fb-text: var(--text); --fb-faint: var(--faint); --fb-line: var(--unjudged); --fb-bone: var(--accent); --fb-card: var(--card); --fb-effect: var(--card); --fb-edge: var(--burning); }
.drill { border: 1px solid currentColor; border-radius: 4px; padding: 0 6px; font-size: 0.8125rem; }
.incident { display: grid; grid-template: "first lines" auto "page lines" auto "then lines" 1fr / minmax(0, 1fr) minmax(0, 1fr); gap: 0 32px; }
.incident > div { min-width: 0; }
.incident > .first { grid-area: first; } .incident > .page { grid-area: page; } .incident > .then { grid-area: then; } .incident > .lines { grid-area: lines; }
.runbook > summary { font-size: 1rem; color: var(--text); }
.written { border-left: 3px solid var(--line); padding-left: 16px; font-size: 0.9375rem; }
.written pre, .written .scroll { overflow-x: auto; } .written pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; }
.written blockquote { margin: 8px 0; padding-left: 12px; border-left: 3px solid var(--unjudged); }
.written li { margin: 4px 0; } .written li.boxed { list-style: none; }
.step { display: flex; gap: 10px; align-items: start; } .step .box { flex: none; } .step .box button { min-width: 32px; padding: 2px 6px; } .step > span:last-child { padding-top: 5px; }
.causes .does details.sheet { margin: 0 12px 0 0; }
.checklist li { display: flex; gap: 8px; justify-content: space-between; align-items: start; border-bottom: 1px solid var(--line); padding-bottom: 6px; }
.checklist form, .checklist button { flex: none; white-space: nowrap; }
.checklist .ticked { color: var(--faint); }
.timeline { list-style: none; padding: 0; font-size: 0.875rem; }
.timeline li { display: grid; grid-template-columns: 7.5rem 1fr auto; gap: 4px 12px; align-items: start; border-bottom: 1px solid var(--line); padding: 6px 0; }
.said { white-space: pre-line; }
.timeline .from { display: block; font-size: 0.75rem; color: var(--faint); }
.timeline .decision .said { border-left: 4px solid var(--accent); padding-left: 8px; }
.timeline .struck .said { text-decoration: line-through; color: var(--faint); }
.spark { letter-spacing: -1px; white-space: nowrap; overflow: hidden; display: inline-block; max-width: 22rem; }
.frames a[aria-current] { color: var(--text); font-weight: 650; text-decoration-thickness: 3px; }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0; padding: 8px 12px; }
form.sheet label.tick { display: flex; gap: 8px; align-items: center; }
input[type=checkbox] { min-height: 0; width: 20px; height: 20px; }
.fishbone { overflow-x: auto; }
pre.draft { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; font-size: 0.8125rem; max-height: 40rem; overflow-y: auto; }
@media (min-width: 1280px) {
  body:has(.incident) { max-width: 1720px; }
  .incident { grid-template: "first page lines" auto "then page lines" 1fr / minmax(0, 1fr) minmax(0, 1.1fr) minmax(0, 1.1fr); }
}
@media (max-width: 860px) { .incident { display: block; } .timeline li { grid-template-columns: 1fr auto; } .timeline button { padding: 2px 10px; } .timeline .when { grid-column: 1 / -1; } .timeline .from { display: inline; } }
@media (pointer: coarse) { .timeline button, .step .box button { min-width: 44px; min-height: 44px; } form.sheet label.tick { min-height: 44px; } }
`
