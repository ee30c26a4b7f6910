import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../law/testing/repository.ts'
import { runTabiji } from '../ledger/testing/daemon.ts'
import { WITHOUT_PROMETHEUS } from '../ruler/testing/prometheus.ts'
import { startWatched, type Watched } from './testing/watched.ts'

/** Of what Grafana reads: what these tests look at. */
type Dashboard = {
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { query: string } }[]
  }
  readonly panels: readonly DashboardPanel[]
}
type DashboardPanel = {
  readonly title: string
  readonly type: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
  readonly transformations?: readonly { readonly id: string; readonly options: TableOptions }[]
}
type TableOptions = {
  readonly renameByName?: Record<string, string>
  readonly sort?: readonly { readonly field: string }[]
}

async function written(language: string): Promise<Dashboard> {
  const { stdout, exit } = await runTabiji(ROOT, 'grafana', '--lang', language)
  expect(exit).toBe(0)
  expect(stdout).toBe(readFileSync(join(ROOT, `packages/collector/grafana/journeys.${language}.json`), 'utf8'))
  return JSON.parse(stdout) as Dashboard
}

/** What Grafana puts in the place of its variables when everything is chosen. */
function filledIn(expr: string): string {
  return expr.replaceAll(/\$journey|\$objective/g, '.+').replaceAll('$__rate_interval', '5m')
}

const PICTURES = ['en', 'ja']

test.each(PICTURES)('no panel lies on another, and each has its own place (%s)', async (language) => {
  const cells = (await written(language)).panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24)
    return Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`)
  })
  expect(cells.length).toBeGreaterThan(1_000)
  expect(new Set(cells).size).toBe(cells.length)
})

test('both languages show the same', async () => {
  const [en, ja] = await Promise.all(PICTURES.map(written))
  const queries = (dashboard?: Dashboard) => dashboard?.panels.map(({ targets }) => targets.map(({ expr }) => expr))
  expect(queries(ja)).toEqual(queries(en))
  expect(ja?.panels.map(({ title }) => title)).not.toEqual(en?.panels.map(({ title }) => title))
})

describe.skipIf(WITHOUT_PROMETHEUS)('the dashboard on a real Prometheus', () => {
  let watched: Watched
  let dashboard: Dashboard

  beforeAll(async () => {
    ;[watched, dashboard] = await Promise.all([startWatched(), written('en')])
  }, 120_000)

  afterAll(() => watched?.close())

  test('every query of every panel gives samples, with the labels that its legend or its columns name', async () => {
    const seen = []
    for (const { targets, title, transformations = [] } of dashboard.panels) {
      const { renameByName = {} } = transformations.find(({ id }) => id === 'organize')?.options ?? {}
      for (const { expr, legendFormat } of targets) {
        const samples = await watched.prometheus.query(filledIn(expr))
        const columns = Object.keys(renameByName).filter((column) => !column.startsWith('Value'))
        const named = [...columns, ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '')]
        const lacking = named.filter((label) => samples.every(({ metric }) => metric[label] === undefined))
        seen.push({ title, expr, isEmpty: samples.length === 0, lacking })
      }
    }
    expect(seen.length).toBeGreaterThan(15)
    expect(seen.filter(({ isEmpty, lacking }) => isEmpty || lacking.length > 0)).toEqual([])
  })

  test('tables are sorted by a column that they have', () => {
    for (const { transformations } of dashboard.panels.filter(({ type }) => type === 'table')) {
      const sorted = transformations?.flatMap(({ options }) => options.sort ?? []).map(({ field }) => field)
      const columns = transformations?.flatMap(({ options }) => Object.values(options.renameByName ?? {}))
      expect(sorted).toHaveLength(1)
      expect(columns).toEqual(expect.arrayContaining(sorted ?? []))
    }
  })

  test('the variables offer the journeys and objectives', async () => {
    const offered = dashboard.templating.list.flatMap(({ name, query }) =>
      typeof query === 'string' ? [] : [{ name, query: query.query }],
    )
    expect(offered.map(({ name }) => name)).toEqual(['journey', 'objective'])
    for (const { name, query } of offered) {
      const [, series = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? []
      const samples = await watched.prometheus.query(`group by (${label}) (${filledIn(series)})`)
      const values = samples.map(({ metric }) => metric[label]).sort()
      const expected = name === 'journey' ? ['checkout', 'view-result'] : ['availability', 'pay.experience']
      expect(values).toEqual(expected)
    }
  })

  test('the table shows what the API says', async () => {
    const [table] = dashboard.panels
    const left = await watched.prometheus.query(filledIn(table?.targets[0]?.expr ?? ''))
    const { journeys } = await watched.house.overview()
    const told = journeys.flatMap(({ objectives }) => objectives.flatMap(({ leftPpm }) => leftPpm ?? []))
    expect(left.map(({ value }) => Math.round(value * 1e6)).sort()).toEqual(told.sort())
  })
})
