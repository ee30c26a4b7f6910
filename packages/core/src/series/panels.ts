import { SERIES } from './names.ts'
import { EACH, of, type Panel } from './panel.ts'
import { stepPanels } from './step-panels.ts'
import type { DashboardWords } from './words.ts'

/** Everything that the dashboard shows, in reading order. Rows are as wide as the page. */
export function panelsIn(words: DashboardWords): readonly Panel[] {
  return [...overview(words), ...spending(words), ...stepPanels(words)]
}

function overview(words: DashboardWords): readonly Panel[] {
  const result = `max ${EACH} (${of(SERIES.budgetGood)}) / max ${EACH} (${of(SERIES.budgetValid)} > 0)`
  return [
    {
      kind: 'table',
      title: words.objectives,
      width: 24,
      height: 8,
      unit: 'short',
      queries: [
        { expr: `max ${EACH} (${of(SERIES.left)})`, legend: words.left },
        { expr: result, legend: words.result },
        { expr: `max ${EACH} (${of(SERIES.target)})`, legend: words.target },
        { expr: `max ${EACH} (${of(SERIES.burn, ', window="1h"')})`, legend: words.burn },
        { expr: `sum ${EACH} (${of(SERIES.open)})`, legend: words.alerts },
      ],
      table: {
        units: { [words.left]: 'percentunit', [words.result]: 'percentunit', [words.target]: 'percentunit' },
        heads: { journey: words.journey, objective: words.objective },
        sortedBy: words.left,
      },
    },
    {
      kind: 'table',
      title: words.alertsNow,
      width: 12,
      height: 6,
      unit: 'short',
      queries: [{ expr: `max by (level, episode, rule) (${of(SERIES.alerts)})`, legend: 'now' }],
      table: {
        units: {},
        heads: { level: words.level, episode: words.episode, rule: words.rule },
        sortedBy: words.level,
      },
    },
    {
      kind: 'stat',
      title: words.unread,
      width: 6,
      height: 6,
      unit: 'none',
      queries: [{ expr: `count(${of(SERIES.read)} == 0) or vector(0)`, legend: words.unread }],
    },
    {
      kind: 'stat',
      title: words.doubts,
      width: 6,
      height: 6,
      unit: 'none',
      queries: [{ expr: `sum(${SERIES.doubts}) or vector(0)`, legend: words.doubts }],
    },
  ]
}

function spending(words: DashboardWords): readonly Panel[] {
  const wide = { width: 12, height: 8 }
  return [
    {
      kind: 'lines',
      title: words.leftOverTime,
      description: words.leftAbout,
      ...wide,
      unit: 'percentunit',
      queries: [{ expr: `max ${EACH} (${of(SERIES.left)})`, legend: '{{journey}} {{objective}}' }],
    },
    {
      kind: 'lines',
      title: words.burnOverTime,
      description: words.burnAbout,
      ...wide,
      unit: 'none',
      queries: [
        {
          expr: `max by (journey, objective, window) (${of(SERIES.burn)})`,
          legend: '{{journey}} {{objective}} {{window}}',
        },
        {
          expr: `min by (level, long, short) (${of(SERIES.limit)})`,
          legend: '{{level}}: {{long}}/{{short}}',
          isDashed: true,
        },
      ],
    },
    {
      kind: 'states',
      title: words.alertsOverTime,
      width: 24,
      height: 6,
      unit: 'none',
      queries: [
        {
          expr: `max by (journey, objective, level) (${of(SERIES.open)} > 0)`,
          legend: '{{journey}} {{objective}} ({{level}})',
        },
      ],
    },
  ]
}
