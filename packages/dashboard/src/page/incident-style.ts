import { FISHBONE_STYLE } from '@tabiji/report/page'

/** What the pages of incidents add to the look; the fishbone takes the colours of the page. */
export const INCIDENT_STYLE = `
${FISHBONE_STYLE}
main .tabiji-fishbone { --fb-page: var(--page); --fb-text: var(--text); --fb-faint: var(--faint); --fb-line: var(--unjudged); --fb-bone: var(--accent); --fb-card: var(--card); --fb-effect: var(--card); --fb-edge: var(--burning); }
.drill { border: 1px solid currentColor; border-radius: 4px; padding: 0 6px; font-size: 0.8125rem; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 40px; }
.beside > div { min-width: 0; }
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
@media (max-width: 860px) { .beside { grid-template-columns: minmax(0, 1fr); } .timeline li { grid-template-columns: 1fr auto; } .timeline button { padding: 2px 10px; } .timeline .when { grid-column: 1 / -1; } .timeline .from { display: inline; } }
@media (pointer: coarse) { .timeline button { min-width: 44px; } form.sheet label.tick { min-height: 44px; } }
`
