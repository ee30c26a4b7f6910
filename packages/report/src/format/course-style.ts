/** How charts over time are coloured by the page around them; what differs in colour differs in dash, hatch or place, too. */
export const COURSE_STYLE = `
.chart rect.band { fill: var(--risk); opacity: 0.16; } .chart rect.left-out { fill: var(--track); }
.chart path.gap { stroke: var(--plain); } .chart path.deploy { fill: var(--text); }
.chart path.level { stroke: var(--faint); stroke-dasharray: 1 4; }
.chart path.course { stroke-linecap: round; }
.chart path.first { stroke: var(--healthy); } .chart path.second { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 5 4; }
.chart path.amount.bad { fill: var(--late); } .chart path.amount.plain { fill: var(--plain); }
`
