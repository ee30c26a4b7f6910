import { SERIES } from './names.ts'
import type { Panel, Query } from './panel.ts'
import { panelsIn } from './panels.ts'
import { DASHBOARD_WORDS, type DashboardLanguage, type DashboardWords } from './words.ts'

/** Grafana replaces it by the data source that is chosen at the top of the page. */
const SOURCE = { type: 'prometheus', uid: '$datasource' }

/** A page of Grafana is 24 columns wide. */
const COLUMNS = 24

/** The dashboard of journeys as Grafana imports it (schema 39: Grafana 10.3 or later). Reads a Prometheus and nothing else. */
export function journeysDashboard(language: DashboardLanguage) {
  const words = DASHBOARD_WORDS[language]
  return {
    uid: `tabiji-journeys-${language}`,
    title: words.title,
    description: words.about,
    tags: ['tabiji', 'slo'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: variables(words) },
    panels: placed(panelsIn(words)),
  }
}

function variables(words: DashboardWords) {
  return [
    { name: 'datasource', label: words.source, type: 'datasource', query: 'prometheus' },
    choice('journey', words.journey, `label_values(${SERIES.info}, journey)`),
    choice('objective', words.objective, `label_values(${SERIES.info}{journey=~"$journey"}, objective)`),
  ]
}

function choice(name: string, label: string, query: string) {
  const all = { text: 'All', value: '$__all' }
  // 2: read anew whenever the time range changes; 1: sorted by name.
  const shown = { multi: true, includeAll: true, allValue: '.+', current: all, refresh: 2, sort: 1 }
  return { name, label, type: 'query', datasource: SOURCE, query: { query, refId: name }, ...shown }
}

/** One beside another as long as the row is wide enough. */
function placed(panels: readonly Panel[]) {
  let [x, y] = [0, 0]
  return panels.map((panel, i) => {
    if (x + panel.width > COLUMNS) x = 0
    const gridPos = { x, y, w: panel.width, h: panel.height }
    x += panel.width
    if (x === COLUMNS) y += panel.height
    return { id: i + 1, gridPos, ...drawn(panel) }
  })
}

function drawn(panel: Panel) {
  const { title, description, unit, queries } = panel
  const base = { title, ...(description !== undefined && { description }), datasource: SOURCE, targets: targets(panel) }
  if (panel.kind === 'table') return { ...base, ...tableParts(panel) }
  const defaults = { unit, ...(panel.kind === 'lines' && { custom: { lineWidth: 1, fillOpacity: 5 } }) }
  const fieldConfig = { defaults, overrides: queries.flatMap(dashes) }
  if (panel.kind === 'stat')
    return { ...base, type: 'stat', fieldConfig: { defaults: { ...defaults, ...ALARMING }, overrides: [] } }
  if (panel.kind === 'states') return { ...base, type: 'state-timeline', fieldConfig }
  const options = { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } }
  return { ...base, type: 'timeseries', fieldConfig, options }
}

/** Anything above zero wants to be looked at. */
const ALARMING = {
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: 'green', value: null },
      { color: 'orange', value: 1 },
    ],
  },
}

/** The states of a budget, as `budgetState` of `report/judge.ts` cuts them. */
const BUDGET_COLOURS = [
  { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
  {
    id: 'thresholds',
    value: {
      mode: 'absolute',
      steps: [
        { color: 'red', value: null },
        { color: 'orange', value: 0.000_001 },
        { color: 'yellow', value: 0.25 },
        { color: 'green', value: 0.5 },
      ],
    },
  },
]

function targets({ kind, queries }: Panel) {
  const isNow = kind === 'table' || kind === 'stat'
  return queries.map(({ expr, legend }, i) => ({
    refId: refId(i),
    datasource: SOURCE,
    expr,
    legendFormat: legend,
    instant: isNow,
    range: !isNow,
    ...(kind === 'table' && { format: 'table' }),
  }))
}

const refId = (i: number): string => String.fromCharCode(65 + i)

function dashes({ isDashed }: Query, i: number) {
  if (isDashed !== true) return []
  const lineStyle = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } }
  const properties = [lineStyle, { id: 'custom.fillOpacity', value: 0 }]
  return [{ matcher: { id: 'byFrameRefID', options: refId(i) }, properties }]
}

/** The answers of all queries side by side, one line for each set of labels. */
function tableParts({ unit, queries, table }: Panel) {
  const columns = queries.map(
    ({ legend }, i) => [queries.length === 1 ? 'Value' : `Value #${refId(i)}`, legend] as const,
  )
  const { units = {}, heads = {}, sortedBy = '' } = table ?? {}
  const hidden = queries.length === 1 ? { Time: true, Value: true } : { Time: true }
  return {
    type: 'table',
    fieldConfig: {
      defaults: { unit },
      overrides: Object.entries(units).map(([head, of]) => ({
        matcher: { id: 'byName', options: head },
        properties: [{ id: 'unit', value: of }, ...(head === sortedBy ? BUDGET_COLOURS : [])],
      })),
    },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: { excludeByName: hidden, renameByName: { ...heads, ...Object.fromEntries(columns) } },
      },
      { id: 'sortBy', options: { fields: {}, sort: [{ field: sortedBy, desc: false }] } },
    ],
  }
}
