/** What single screens add to the look. */
export const SCREEN_STYLE = `
.sum { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 4px 0 8px; }
.others { list-style: none; margin: 0; padding: 0; font-weight: 400; font-size: 0.8125rem; }
table.journeys tr.team th { padding-top: 20px; color: var(--faint); }
table.journeys td > span { display: block; }
.others, table.journeys summary { font-weight: 400; }
table.journeys tbody th { min-width: 14rem; }
table.journeys tbody th .mark { margin-right: 4px; }
table.journeys tbody th > a { font-size: 1rem; }
.days { width: 120px; height: 20px; display: block; }
.days rect.within { fill: var(--plain); } .days rect.over { fill: var(--text); } .days rect.worst { fill: var(--burning); }
`
