/** Charts that are read with a cursor. */
export const CURSOR_STYLE = `
figure.course { max-width: 720px; touch-action: pan-y; }
figure.course svg { cursor: crosshair; }
figure.course output { display: block; min-height: 1.5em; font-size: 0.8125rem; }
.chart rect.cursor { fill: var(--accent); opacity: 0.5; pointer-events: none; }
@media (max-width: 640px) { figure.course .chart text { font-size: 18px; } }
.scripted { display: none; } html[data-script] @media (max-width: 640px) { figure.course .chart text { font-size: 18px; } }
.scripted { display: inline; }
`
