import { METRIC } from '../journey/index.ts'
import { SERIES } from './names.ts'
import { events, type Panel, STEP } from './panel.ts'
import type { DashboardWords } from './words.ts'

/** Where journeys fail, and how long their steps take. */
export function stepPanels(words: DashboardWords): readonly Panel[] {
  const wide = { kind: 'lines', width: 12, height: 8 } as const
  const ofStep = '{{journey}} {{step}}'
  const worked = events(STEP, 'good|slow')
  const buckets = `rate(${METRIC.duration}_bucket{journey=~"$journey"}[$__rate_interval])`
  return [
    {
      ...wide,
      title: words.failures,
      unit: 'short',
      queries: [{ expr: events('by (journey, step, outcome)', 'slow|error'), legend: `${ofStep} {{outcome}}` }],
    },
    { ...wide, title: words.traffic, unit: 'short', queries: [{ expr: events(STEP), legend: ofStep }] },
    {
      ...wide,
      title: words.latency,
      description: words.latencyAbout,
      unit: 's',
      queries: [
        { expr: `histogram_quantile(0.95, sum by (journey, step, le) (${buckets}))`, legend: ofStep },
        { expr: `max ${STEP} (${SERIES.within}{journey=~"$journey"})`, legend: ofStep, isDashed: true },
      ],
    },
    {
      ...wide,
      title: words.inTime,
      unit: 'percentunit',
      queries: [{ expr: `${events(STEP, 'good')} / (${worked} > 0)`, legend: ofStep }],
    },
    {
      ...wide,
      width: 24,
      height: 6,
      title: words.excluded,
      description: words.excludedAbout,
      unit: 'percentunit',
      queries: [{ expr: `${events(STEP, 'excluded')} / (${events(STEP)} > 0)`, legend: ofStep }],
    },
  ]
}
