import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Prometheus, WITHOUT_PROMETHEUS } from '../ruler/testing/prometheus.ts'
import type { House } from './testing/house.ts'
import { startWatched, type Watched } from './testing/watched.ts'

describe.skipIf(WITHOUT_PROMETHEUS).sequential('a real Prometheus that scrapes the collector', () => {
  let watched: Watched
  let house: House
  let prometheus: Prometheus

  beforeAll(async () => {
    watched = await startWatched({ renamed: true })
    ;({ house, prometheus } = watched)
  }, 120_000)

  afterAll(() => watched?.close())

  /** The value of an expression for each objective, by its name over all journeys. */
  async function byObjective(expr: string): Promise<Readonly<Record<string, number>>> {
    const samples = await prometheus.query(expr)
    return Object.fromEntries(
      samples.map(({ metric: { journey, objective }, value }) => [`${journey}/${objective}`, value]),
    )
  }

  /** What the API says of each objective, where it says anything. */
  async function told(of: (objective: Objective) => number | undefined): Promise<Readonly<Record<string, number>>> {
    const { journeys } = await house.overview()
    const values = journeys.flatMap(({ objectives }) => objectives.map((each) => [each.id, of(each)] as const))
    return Object.fromEntries(values.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])))
  }
  type Objective = Awaited<ReturnType<House['overview']>>['journeys'][number]['objectives'][number]
  const burnIn = (ms: number) => (objective: Objective) =>
    objective.pairs.find(({ pair, long }) => pair.longMs === ms && long.valid > 0)?.longBurnMilli

  test('its own series and those for Sloth and Pyrra give the numbers of the API', async () => {
    const left = await told(({ leftPpm }) => leftPpm)
    expect(Object.keys(left)).toEqual(['checkout/availability', 'checkout/pay.experience'])
    expect(await byObjective('round(tabiji_error_budget_remaining_ratio * 1e6)')).toEqual(left)
    expect(await byObjective('tabiji_error_budget_valid_events')).toEqual(await told(({ valid }) => valid))
    expect(await byObjective('tabiji_error_budget_valid_events - tabiji_error_budget_good_events')).toEqual(
      await told(({ bad }) => bad),
    )
    expect(await byObjective('tabiji_objective_valid_events{window="6h"}')).toEqual(
      await told(({ pairs }) => pairs.find(({ pair }) => pair.longMs === 6 * 3_600_000)?.long.valid),
    )
    expect(await byObjective('round(tabiji_error_budget_burn_rate{window="1h"} * 1000)')).toEqual(
      await told(burnIn(3_600_000)),
    )
    expect(await byObjective('tabiji_objective_target_ratio * 1e6')).toEqual(await told(({ targetPpm }) => targetPpm))
    expect(await byObjective('sum without (level) (tabiji_objective_alerts_open)')).toEqual(
      await told(({ alerts }) => alerts.length),
    )

    const withTraffic = 'sum without (indicator, step, sloth_id, sloth_service, sloth_slo, sloth_window)'
    const sloth = (expr: string) => byObjective(`round(${withTraffic} (${expr}), 0.001)`)
    expect(await sloth('slo:period_error_budget_remaining:ratio * 1e6')).toEqual(left)
    expect(await sloth('(1 - slo:period_burn_rate:ratio) * 1e6')).toEqual(left)
    expect(await sloth('slo:current_burn_rate:ratio * 1000')).toEqual(await told(burnIn(3_600_000)))
    expect(await sloth('slo:sli_error:ratio_rate1h / ignoring(sloth_window) slo:error_budget:ratio * 1000')).toEqual(
      await told(burnIn(3_600_000)),
    )

    // Pyrra's dashboards work the budget out of three series.
    const pyrra = 'round((pyrra_availability - pyrra_objective) / (1 - pyrra_objective) * 1e6)'
    expect(await byObjective(pyrra)).toEqual(left)
    expect(await byObjective('pyrra_errors:rate5m / (pyrra_requests:rate5m > 0)')).toEqual({
      'checkout/availability': expect.closeTo(0.1, 9),
      'checkout/pay.experience': expect.closeTo(0.1, 9),
    })
  })

  test('a composite is its worst member, whose burn rate is found by its name', async () => {
    const [composite] = (await house.overview()).journeys[0]?.composites ?? []
    const worst = 'tabiji_composite_worst{composite="checkout/whole"} == 1'
    expect(await byObjective(worst)).toEqual({ [String(composite?.worst)]: 1 })
    expect(await prometheus.query('round(tabiji_composite_remaining_ratio * 1e6)')).toMatchObject([
      { metric: { composite: 'checkout/whole' }, value: composite?.leftPpm },
    ])
    const burns = await told(burnIn(3_600_000))
    const burn = `tabiji_error_budget_burn_rate{window="1h"} * on (journey, objective) group_left (composite) (${worst})`
    expect(await byObjective(`round(${burn} * 1000)`)).toEqual({
      [String(composite?.worst)]: burns[String(composite?.worst)],
    })
  })

  test("Sloth's alert list finds what is open", async () => {
    const pages = await prometheus.query('ALERTS{sloth_severity="page", alertstate="firing"}')
    const open = (await house.overview()).journeys[0]?.objectives[0]?.alerts
    expect(pages.length).toBeGreaterThan(0)
    for (const { metric } of pages) {
      expect(metric).toMatchObject({
        sloth_service: 'checkout',
        sloth_slo: 'availability',
        severity: 'page',
        level: '1',
      })
      expect(open).toContain(metric['episode'])
    }
  })

  test('where there was no traffic there is no ratio, and nowhere is a NaN', async () => {
    const idle = await prometheus.query('{journey="view-result", job="tabiji"}')
    const names = new Set(idle.map(({ metric }) => metric['__name__']))
    expect([...names].filter((name) => /burn_rate(:|$)|remaining|ratio_rate|availability/.test(name ?? ''))).toEqual([])
    expect([...names]).toEqual(expect.arrayContaining(['tabiji_error_budget_valid_events', 'slo:objective:ratio']))
    expect(await house.metrics()).not.toContain('NaN')
  })

  test('promtool has nothing to say but that names hold colons', async () => {
    const { stderr, stdout, status } = spawnSync('promtool', ['check', 'metrics'], {
      input: await house.metrics(),
      encoding: 'utf8',
    })
    const said = `${stdout}${stderr}`.trim().split('\n')
    // 3: there was something to say. 1: it cannot be read.
    expect(status).toBe(3)
    expect(said.filter((line) => !/^(slo|pyrra_\w+):\S+ metric names should not contain ':'$/.test(line))).toEqual([])
  })
})
