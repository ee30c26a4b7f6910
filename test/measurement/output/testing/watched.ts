import { expect, vi } from 'vitest'
import { type Prometheus, startPrometheus } from '../../ruler/testing/prometheus.ts'
import { type House, startHouse } from './house.ts'

const PATIENCE = { timeout: 60_000, interval: 100 }

/** As docs/guides/grafana.md has it: Sloth's dashboards list alerts by the name that Prometheus gives its own. */
const RENAMED = `    metric_relabel_configs:
      - { source_labels: [__name__], regex: tabiji_alerts, target_label: __name__, replacement: ALERTS }
`

export type Watched = { readonly house: House; readonly prometheus: Prometheus; close(): Promise<void> }

/**
 * A shop, a collector that reads it, and a real Prometheus that scrapes both: 180 orders were paid and 20 failed, all of them
 * are booked, and what rings by that has been scraped.
 */
export async function startWatched({ renamed = false } = {}): Promise<Watched> {
  const house = await startHouse()
  const collector = `  - job_name: tabiji
    static_configs: [{ targets: ['${new URL(house.api).host}'] }]
${renamed ? RENAMED : ''}`
  const prometheus = await startPrometheus(house.folder, new URL(house.shop.url).host, collector)
  const until = (expr: string) => vi.waitFor(async () => expect(await prometheus.query(expr)).not.toEqual([]), PATIENCE)
  // A counter that was never seen at zero has no rate yet.
  await until('sum(tabiji_step_events_total) == 0 and on() sum(journey_step_events_total) == 0')
  await house.order(180, false)
  await house.order(20, true)
  await vi.waitFor(async () => {
    await house.app.turns.read()
    expect((await house.overview()).journeys[0]?.objectives[0]?.valid).toBe(200)
  }, PATIENCE)
  house.app.turns.evaluate()
  const alerts = renamed ? 'ALERTS' : 'tabiji_alerts'
  await until(
    `count(${alerts}) and on() sum(journey_step_events_total) == 200 and on() sum(tabiji_step_events_total) == 200`,
  )
  return {
    house,
    prometheus,
    close: async () => {
      await Promise.all([house.close(), prometheus.close()])
    },
  }
}
