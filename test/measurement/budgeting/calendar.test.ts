import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { parseMonthFacts } from '@tabiji/core/report'
import { renderMarkdown } from '@tabiji/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../replay/testing/till.ts'
import { runTabiji } from './testing/tabiji.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GUIDE = join(import.meta.dirname, '../../../docs/guides/journeys.md')
/** Monday of the next week, in Tokyo; a sprint of the guide ends there as well. */
const MONDAY = Date.parse('2026-10-26T00:00:00+09:00')

/** The file of the guide that has windows by calendar. */
function definitionOfGuide() {
  const texts = [...readFileSync(GUIDE, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const text = texts.find((each) => each.includes('calendar: 1Q')) ?? ''
  const read = readJourneys(text, 'journeys.md')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.definition
}

/** The end of a week by a real daemon, told once: each test goes on where the one before it stopped. */
describe.sequential('budgets by calendar, by a daemon that reads a service over the end of a week', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-calendar-'))
  const definition = definitionOfGuide()
  const clock = { now: MONDAY - 2 * HOUR }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App
  let api: string

  const open = async () => {
    const targets = [{ service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }]
    app = createApp(configIn(folder, { targets }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
  }
  beforeAll(async () => {
    till = await startTill(clock.now)
    await open()
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function pay(at: number, good: number, error: number): Promise<void> {
    till.pay.good += good
    till.pay.error += error
    clock.now = at
    await app.turns.read()
    app.turns.evaluate()
  }
  const get = async (path: string) => (await fetch(`${api}/api/v1${path}`)).json()
  const objectives = async () => {
    const { journeys } = (await get('/journeys')) as Overview
    return Object.fromEntries(journeys.flatMap((journey) => journey.objectives.map((one) => [one.name, one] as const)))
  }

  test('a week, a sprint and a quarter have their own stretches of the same books', async () => {
    await pay(MONDAY - HOUR, 10_000, 70)
    const { availability, experience } = await objectives()
    expect(availability).toMatchObject({
      bad: 70,
      valid: 10_070,
      window: { kind: 'calendar', count: 1, unit: 'w', from: '2026-01-05' },
      period: { from: '2026-10-19T00:00:00+09:00', to: '2026-10-26T00:00:00+09:00' },
    })
    expect(experience?.period).toEqual({ from: '2026-10-01T00:00:00+09:00', to: '2027-01-01T00:00:00+09:00' })
  })

  test('a restart in the middle of it changes nothing', async () => {
    const before = await objectives()
    await app.stop()
    await open()
    expect(await objectives()).toEqual(before)
  })

  test('at midnight of Monday the week begins anew, and the quarter goes on', async () => {
    await pay(MONDAY - 1_000, 1_000, 7)
    await pay(MONDAY + 20_000, 100, 1)
    const { availability, latency, experience } = await objectives()
    expect(availability).toMatchObject({ bad: 1, valid: 101, period: { from: '2026-10-26T00:00:00+09:00' } })
    expect(latency?.period).toEqual({ from: '2026-10-26T00:00:00+09:00', to: '2026-11-09T00:00:00+09:00' })
    expect(experience).toMatchObject({ bad: 78, valid: 11_178 })
  })

  test('people read from when to when, and what the window is called', async () => {
    const { stdout } = await runTabiji('status', '--url', api)
    expect(stdout).toContain(
      'checkout/availability: the budget of 2026-10-26 00:00 +09:00 until 2026-11-02 00:00 +09:00',
    )
    const { alerts } = (await get('/alerts?state=all')) as { alerts: readonly { rule: string }[] }
    expect(alerts.map(({ rule }) => rule)).toContain('checkout/availability/spent-50')
    const facts = parseMonthFacts(await get('/months/2026-10/facts'))
    if (!facts.ok) throw new Error(facts.problems.map(({ message }) => message).join('\n'))
    // The report judges the month, whatever the budget is kept over.
    expect(facts.facts.journeys[0]?.objectives[0]).toMatchObject({ bad: 78, valid: 11_178 })
    expect(renderMarkdown(facts.facts, 'ja')).toContain('2026-01-05から毎週')
    expect(renderMarkdown(facts.facts, 'en')).toContain('each quarter from 2026-04-01')
  })
})
