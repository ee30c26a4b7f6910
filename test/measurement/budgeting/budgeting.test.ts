import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog, type Overview } from '@tabiji/collector'
import type { Definition } from '@tabiji/core/journey'
import { readJourneys } from '@tabiji/core/journey/document'
import { parseMonthFacts } from '@tabiji/core/report'
import { renderMarkdown } from '@tabiji/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../replay/testing/till.ts'
import { runTabiji } from './testing/tabiji.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000
const GUIDE = join(import.meta.dirname, '../../../docs/guides/budgeting.md')

/** The journeys file of the guide. */
function definitionOfGuide(): Definition {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(GUIDE, 'utf8')) ?? []
  const read = readJourneys(text, 'budgeting.md')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.definition
}

/** An afternoon of a real daemon that is told once: each test goes on where the one before it stopped. */
describe.sequential('budgets that are kept in slices, by a daemon that reads a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-budgeting-'))
  const definition = definitionOfGuide()
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App
  let api: string

  const open = async () => {
    const config = configIn(folder, {
      targets: [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }],
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
  }
  beforeAll(async () => {
    till = await startTill(NOON)
    await open()
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Minutes with four payments in each slot, of which so many fail; or minutes in which nobody reads. */
  async function pass(minutes: number, failing = 0, isRead = true): Promise<void> {
    for (let slot = 0; slot < minutes * 4; slot++) {
      till.pay.error += failing
      till.pay.good += 4 - failing
      // A reading a second before its slot is over: so minutes are whole.
      clock.now += SLOT - 1_000
      if (isRead) await app.turns.read()
      clock.now += 1_000
      app.turns.evaluate()
    }
  }
  const get = async (path: string) => (await fetch(`${api}/api/v1${path}`)).json()
  async function objectives() {
    const { journeys } = (await get('/journeys')) as Overview
    const told = journeys.flatMap((journey) => journey.objectives.map((one) => [one.name, one] as const))
    return Object.fromEntries(told)
  }

  test('a slice counts once, however many events it had: three ways of keeping one afternoon', async () => {
    await pass(20)
    await pass(3, 1)
    const { availability, experience, latency, 'pay.availability': mean } = await objectives()
    // Events: 3 × 4 slots × 1 of 4 failed.
    expect(latency).toMatchObject({ bad: 0 })
    expect(latency).not.toHaveProperty('budgeting')
    // Slices: a quarter failed, and a slice is good from 95 % on.
    expect(availability).toMatchObject({ bad: 3, valid: 23, budgeting: { method: 'timeslices', sliceMs: 60_000 } })
    expect(experience).toMatchObject({ bad: 3, valid: 23 })
    // The mean of ratios: three slices of a quarter each.
    expect(mean).toMatchObject({ bad: 750_000, valid: 23_000_000, budgeting: { method: 'ratio-timeslices' } })
  })

  test('a month of slices is known before it comes: its budget begins whole', async () => {
    const { experience } = await objectives()
    const ahead = (Date.parse('2026-11-01T00:00:00+09:00') - NOON - 23 * 60_000) / 60_000
    expect(experience?.window).toEqual({ kind: 'month' })
    expect(experience?.allowedMillionths).toBe((23 + ahead) * 10_000)
    expect(experience?.leftPpm).toBeGreaterThan(980_000)
  })

  test('time that nobody reads is counted as each objective says, and rings where it is bad', async () => {
    await pass(130, 0, false)
    const { availability, experience, 'pay.availability': mean } = await objectives()
    const noData = { seconds: 130 * 60 }
    expect(availability).toMatchObject({ bad: 133, valid: 153, noData: { ...noData, countedAs: 'bad' } })
    expect(experience).toMatchObject({ bad: 133, valid: 153, noData: { ...noData, countedAs: 'hold' } })
    expect(mean).toMatchObject({ valid: 23_000_000, noData: { ...noData, countedAs: 'ignore' } })
    const { alerts } = (await get('/alerts?state=open')) as { alerts: readonly AlertDetail[] }
    const rules = alerts.map(({ rule }) => rule)
    expect(rules).toContain('checkout/availability/level-1')
    expect(rules.filter((rule) => rule.includes('pay.availability/level'))).toEqual([])
  })

  test('what comes of it later is placed, and does not make time that nobody read into time that was', async () => {
    await pass(1)
    const { availability } = await objectives()
    expect(availability).toMatchObject({ bad: 133, valid: 154, noData: { seconds: 130 * 60 } })
  })

  test('a correction excludes whole slices that it touches, and the raw count stays', async () => {
    const from = new Date(NOON + 20 * 60_000 + 20_000).toISOString()
    const to = new Date(NOON + 21 * 60_000 + 20_000).toISOString()
    const body = JSON.stringify({ from, to, reason: 'maintenance', objectives: ['checkout/availability'] })
    const headers = { 'content-type': 'application/json' }
    const posted = await fetch(`${api}/api/v1/corrections`, { method: 'POST', headers, body })
    expect(posted.status).toBe(201)
    expect((await objectives())['availability']).toMatchObject({ bad: 131, valid: 152, raw: { bad: 133, valid: 154 } })
  })

  test('`tabiji status` says how long there was no data, and what that counts as', async () => {
    const { exit, stdout } = await runTabiji('status', '--url', api)
    expect(exit).toBe(0)
    expect(stdout).toContain('checkout/availability: no data 2 h 10 min, counted as bad (slices of 1m)')
    expect(stdout).toContain('checkout/experience: no data 2 h 10 min, counted as the slice before it (slices of 1m)')
    expect(stdout).toContain('checkout/pay.availability: no data 2 h 10 min, not counted (slices of 1m)')
  })

  test('the month says the same in its facts, which add up, and in both languages', async () => {
    const parsed = parseMonthFacts(await get('/months/2026-10/facts'))
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
    const told = parsed.facts.journeys[0]?.objectives.find(({ name }) => name === 'availability')
    expect(told).toMatchObject({ bad: 131, valid: 152, raw: { bad: 133, valid: 154 }, met: false })
    const en = renderMarkdown(parsed.facts, 'en')
    expect(en).toContain(
      'The figures of availability are slices of 1 min: one is good when at least 95 % of its events were.',
    )
    expect(en).toContain('Nobody read availability for 2 h 10 min; that time is counted as bad.')
    expect(renderMarkdown(parsed.facts, 'ja')).toContain('不良として数えています')
  })

  test('a daemon that begins again finds the same', async () => {
    const before = await objectives()
    await app.stop()
    await open()
    const after = await objectives()
    for (const name of ['availability', 'experience', 'pay.availability']) {
      const figures = ({ bad, valid, noData }: (typeof before)[string]) => ({ bad, valid, noData })
      expect(figures(after[name] as (typeof before)[string])).toEqual(figures(before[name] as (typeof before)[string]))
    }
  })
})
