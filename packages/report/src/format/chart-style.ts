/** How charts are coloured by the page around them, and stay readable in it. */
export const CHART_STYLE = `.chart { display: block; width: 100%; max-width: 720px; height: auto; overflow: visible; }
.chart text { fill: var(--text); font-size: 12px; }
.chart path { fill: none; }
.chart .axis { stroke: var(--faint); } .chart .grid { stroke: var(--line); }
.chart .median { stroke: var(--text); stroke-width: 2; }
.chart circle.practice { fill: var(--page); stroke: var(--text); stroke-dasharray: 2 2; }
.chart .on-line { fill: var(--faint); } .chart path.edge { stroke: var(--text); stroke-width: 2; }
.chart rect.incident { fill: var(--late); } .chart rect.alert { fill: var(--faint); }
.chart rect.unexplained { fill: var(--plain); } .chart rect.drip { fill: var(--line); }
.chart .pace { stroke: var(--plain); stroke-dasharray: 4 4; }
.chart .bars.late { stroke: var(--late); } .chart .bars.plain { stroke: var(--plain); }
.chart .course { stroke-width: 2.5; stroke-linejoin: round; }
.chart path.within { stroke: var(--healthy); } .chart path.over { stroke: var(--spent); }
.chart .young { stroke-dasharray: 5 4; } .chart circle.young { fill: var(--page); stroke: var(--healthy); stroke-dasharray: none; stroke-width: 1.5; }
.chart rect.before { fill: none; stroke: var(--text); stroke-dasharray: 3 2; }
.chart circle.within { fill: var(--healthy); } .chart circle.over { fill: var(--spent); }`
