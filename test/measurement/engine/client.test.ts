import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { engineAt } from '../../../packages/collector/src/wire/testing/engines.ts'
import { startCounter } from '../ledger/testing/daemon.ts'
import { startPrometheus } from '../ruler/testing/prometheus.ts'

vi.setConfig({ testTimeout: 120_000 })

test('a real Prometheus gives the samples that it scraped, expressions, and reasons', async () => {
  const counter = await startCounter()
  const prometheus = await startPrometheus(temporaryFolder(), new URL(counter.url).host)
  onTestFinished(async () => {
    await prometheus.close()
    counter.close()
  })
  const engine = engineAt(prometheus.url, { maxBytes: 1_000_000, maxSeries: 100 })
  const { signal } = new AbortController()
  const selector = 'journey_step_events_total{outcome="good"}'
  const from = Date.now() - 60_000
  const rawUntil = async (least: number) => {
    for (;;) {
      counter.good += 3
      const answer = await engine.raw(selector, { from, to: Date.now() }, signal)
      if (!answer.ok) throw new Error(answer.message)
      const [series] = answer.series
      if (series !== undefined && series.samples.length >= least) return series
      await pause(200)
    }
  }
  const { labels, samples } = await rawUntil(4)
  expect(Object.fromEntries(labels)).toMatchObject({ __name__: 'journey_step_events_total', job: 'shop', step: 'pay' })
  expect(samples.every(({ value, whole }) => whole && value % 3 === 0 && value <= counter.good)).toBe(true)
  // Their own times, about a second apart, as they were scraped: a later question tells the same.
  const again = (await rawUntil(samples.length + 1)).samples.slice(0, samples.length)
  expect(again).toEqual(samples)

  const last = samples.at(-1) ?? { at: 0, value: 0 }
  const after = await engine.raw(selector, { from: last.at, to: last.at + 1 }, signal)
  expect(after).toMatchObject({ ok: true, series: [] })
  const only = await engine.raw(selector, { from: last.at - 1, to: last.at }, signal)
  expect(only).toMatchObject({ ok: true, partial: false, series: [{ samples: [{ ...last, whole: true }] }] })
  expect(await engine.instant(`sum(${selector})`, last.at, signal)).toMatchObject({
    series: [{ samples: [{ value: last.value }] }],
  })
  expect(await engine.instant('0 / 0', last.at, signal)).toMatchObject({
    series: [{ samples: [{ at: last.at, value: Number.NaN }] }],
  })
  const stretch = { from: last.at - 1_000, to: last.at, stepMs: 500 }
  expect(await engine.range('vector(1)', stretch, signal)).toMatchObject({
    series: [{ samples: [{ at: last.at - 1_000 }, { at: last.at - 500 }, { at: last.at }] }],
  })
  expect(await engine.instant('sum(', last.at, signal)).toMatchObject({
    ok: false,
    failure: 'refused',
    message: expect.stringContaining('bad_data'),
  })
})
