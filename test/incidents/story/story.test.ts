import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog } from '@tabiji/collector'
import type { FixStatistics } from '@tabiji/core/fix'
import { readJourneys } from '@tabiji/core/journey/document'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'
import { SECRET, startReceiver } from '../../road/testing/receiver.ts'

const at = (time: string) => Date.parse(`${time}+09:00`)
const NOON = at('2026-10-15T12:00:00')
const SLOT = 15_000
const MINUTE = 60_000
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy:
          milestones: []
          pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }]
    steps:
      pay: { http: POST /pay, within: write }
`

type Document = Readonly<Record<string, unknown>>
type Impact = { journeys: readonly { from: string; to: string; bad: number; budgetPpm: number }[] }

const cause = { id: 'no-timeout', text: '決済クライアントに時間切れがない', bone: 'design' }

/** One fault from the first failed payment to the month after its fixes; each test goes on where the one before it stopped. */
describe.sequential('a fault, its incident and its fixes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-story-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: NOON }
  /** What really happened, minute by minute, counted by nobody but this test. */
  const truth: { readonly at: number; readonly good: number; readonly bad: number }[] = []
  let till: Awaited<ReturnType<typeof startTill>>
  let pager: Awaited<ReturnType<typeof startReceiver>>
  let app: App
  let api: string

  beforeAll(async () => {
    pager = await startReceiver()
    till = await startTill(NOON)
    writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
    // What the commands go by that read the store by themselves.
    writeFileSync(join(folder, 'tabiji.yaml'), 'journeys: journeys.yaml\nstore: tabiji.db\n')
    const config = configIn(folder, {
      targets: [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }],
      receivers: [{ name: 'pager', kind: 'webhook', url: () => pager.url, secret: () => SECRET }],
      routes: { 1: ['pager'], 2: [], 3: [] },
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await Promise.all([till.close(), pager.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing = 0): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2 - 1_000
      await app.turns.read()
      truth.push({ at: clock.now, good: 100 - failing, bad: failing })
      clock.now += 1_000
      app.turns.evaluate()
      await app.turns.deliver()
    }
  }
  async function get<Shape = Document>(path: string): Promise<Shape> {
    const response = await fetch(`${api}/api/v1${path}`)
    expect([path, response.status]).toEqual([path, 200])
    return (await response.json()) as Shape
  }
  async function post(path: string, body: object): Promise<Document> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, init)
    const document = (await response.json()) as Document
    expect([path, response.ok, document['error']]).toEqual([path, true, undefined])
    return document
  }
  const fixesOf = async (month: string) => (await get<MonthFacts>(`/months/${month}/facts`)).fixes
  const truthIn = (from: number, to: number) => {
    const met = truth.filter((each) => each.at >= from && each.at < to)
    const bad = met.reduce((sum, each) => sum + each.bad, 0)
    return { bad, valid: bad + met.reduce((sum, each) => sum + each.good, 0) }
  }

  test('a fault pages at once, and what the page says of the last hour is what happened', async () => {
    await pass(10)
    await pass(3, 50)
    const alert = await get<AlertDetail>('/alerts/A-0001')
    expect(alert).toMatchObject({ level: 1, episode: { state: 'firing' } })
    expect(pager.messages).toHaveLength(1)
    const said = pager.messages[0]?.data as { at: string; cause: { long: { bad: number; valid: number } } }
    expect(said.cause.long).toMatchObject(truthIn(NOON, Date.parse(said.at)))
  })

  test('its incident has the checklist of its level, a lead, and the times that people state', async () => {
    expect(await get('/incidents/INC-0001')).toMatchObject({
      incident: { title: 'Check out: requests fail', level: 1, journeys: ['checkout'], episodes: ['A-0001'] },
    })
    await post('/incidents/INC-0001/edit', { title: '支払いが失敗する', by: 'aoi' })
    const list = await get<{ items: readonly { id: string }[] }>('/incidents/INC-0001/checklist')
    expect(list.items.length).toBeGreaterThan(3)
    await post('/incidents/INC-0001/role', { role: 'lead', by: 'aoi' })
    await post('/incidents/INC-0001/tick', { item: list.items[0]?.id, by: 'aoi' })
    expect(await get('/incidents/INC-0001')).toMatchObject({ incident: { roles: { lead: { name: 'aoi' } } } })

    await pass(5, 50)
    const mitigated = clock.now
    await pass(80)
    const reason = 'the old payment client is back'
    await post('/incidents/INC-0001/time', { moment: 'mitigated', value: new Date(mitigated).toISOString(), reason })
    await post('/incidents/INC-0001/resolve', { by: 'aoi' })
    expect((await get<AlertDetail>('/alerts/A-0001')).episode.state).not.toBe('firing')
    const { incident } = await get<{ incident: { mitigatedAt: string; impactStartedAt: string } }>(
      '/incidents/INC-0001',
    )
    // Eight minutes failed: three until the page was looked at, five until the old client was back.
    expect(Date.parse(incident.mitigatedAt) - Date.parse(incident.impactStartedAt)).toBe(8 * MINUTE)
  })

  test('the month has every failed payment, and the ledger says the same in its own words', async () => {
    const facts = await get<MonthFacts>('/months/2026-10/facts')
    const { bad, valid } = truthIn(NOON, clock.now)
    expect(bad).toBe(16 * 50)
    expect(facts.journeys[0]?.steps[0]?.counts).toEqual([valid - bad, 0, bad, 0])
    const shown = await runTabiji(folder, ...'ledger show checkout --json --from 2026-10-15 --to 2026-10-15'.split(' '))
    expect(shown.exit).toBe(0)
    const ledger = JSON.parse(shown.stdout) as {
      entries: readonly { error: number }[]
      sums: readonly Document[]
      agrees: boolean
    }
    const added = ledger.entries.reduce((sum, { error }) => sum + error, 0)
    expect([added, ledger.agrees]).toEqual([bad, true])
    expect(ledger.sums).toMatchObject([{ good: valid - bad, slow: 0, error: bad, excluded: 0 }])
    // A target of 99 % allows one of a hundred: 800 of 196, and more than three budgets over.
    const allowed = valid / 100
    expect(facts.journeys[0]?.objectives[0]).toMatchObject({
      ...{ bad, valid, allowedMillionths: allowed * 1_000_000 },
      leftPpm: Math.round(((allowed - bad) / allowed) * 1_000_000),
    })
  })

  test('its causes become a picture that names them, and no bone is a person', async () => {
    const causes = [cause, { id: 'seen-late', text: 'Nobody watches the queue', bone: 'detection' }]
    for (const cause of causes) await post('/incidents/INC-0001/cause', { ...cause, by: 'aoi' })
    const { incident } = await get<{ incident: { title: string; causes: typeof causes } }>('/incidents/INC-0001')
    expect(incident.causes).toMatchObject(causes)
    const bones = Object.fromEntries(incident.causes.map(({ bone, id, text }) => [bone, [{ id, text }]]))
    writeFileSync(join(folder, 'causes.json'), JSON.stringify({ effect: incident.title, bones }))
    const drawn = await runTabiji(folder, 'postmortem', 'fishbone', 'causes.json', '--as', 'svg', '--lang', 'ja')
    expect([drawn.exit, drawn.stderr]).toEqual([0, ''])
    writeFileSync(join(folder, 'causes.svg'), drawn.stdout)
    const svg = readFileSync(join(folder, 'causes.svg'), 'utf8')
    expect(svg).toMatch(/^<svg /)
    expect(svg.replace(/<[^>]*>/g, '')).toContain('支払いが失敗する')
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const person = JSON.stringify({ id: 'aoi', text: 'was tired', bone: 'operator' })
    expect((await fetch(`${api}/api/v1/incidents/INC-0001/cause`, { ...init, body: person })).status).toBe(422)
  })

  test('of two fixes one is done in time and one is not: the next month says one of two', async () => {
    const fix = { incident: 'INC-0001', journey: 'checkout', owner: 'suzuki' }
    const timeout = { ...fix, title: '時間切れを付ける', kind: 'prevent', cause: 'no-timeout', due: '2026-10-25' }
    await post('/fixes', timeout)
    await post('/fixes', { ...fix, title: 'Watch the queue', kind: 'detect', cause: 'seen-late', due: '2026-10-28' })
    clock.now = at('2026-10-24T10:00:00')
    await post('/fixes/FIX-0001/done', { by: 'suzuki' })
    clock.now = at('2026-11-02T10:00:00')
    const overdue = await get<{ fixes: readonly Document[] }>('/fixes?state=overdue')
    // The 28th is the last day; the 29th is the first one too many.
    expect(overdue.fixes).toMatchObject([{ key: 'FIX-0002', overdueDays: 5 }])
    expect(await fixesOf('2026-10')).toMatchObject({
      onTime: { share: { numerator: 1, denominator: 2 }, provisionalUntil: expect.any(String) },
      flow: { openAtStart: 0, created: 2, returned: 0, done: 1, dropped: 0, openAtEnd: 1 },
      stock: { numerator: 1, denominator: 2 },
    })
  })

  test('what is still owed is weighed by what it burnt, and the response by clocks that are stated', async () => {
    const { journeys } = await get<Impact>('/incidents/INC-0001/impact')
    const [hurt] = journeys
    if (hurt === undefined) throw new Error('Expected an impact')
    const met = truthIn(Date.parse(hurt.from), Date.parse(hurt.to))
    const { valid } = truthIn(NOON, Date.parse(hurt.to))
    expect(hurt).toMatchObject(met)
    // A target of 99 % allows one of a hundred of all that were paid until then.
    expect(hurt.budgetPpm).toBe(Math.floor((met.bad * 100 * 1_000_000) / valid))
    const { debt, response } = await get<FixStatistics>('/statistics?month=2026-10')
    expect(debt.exposed).toEqual([{ objective: 'checkout/availability', budgetPpm: hurt.budgetPpm }])
    expect(debt.worth).toMatchObject([{ fix: 'FIX-0002', incidents: ['INC-0001'], repeats: 0 }])
    expect(debt.virtual).toEqual([])
    expect(response).toMatchObject({ incidents: 1, open: 0, detectedByUs: { numerator: 1, denominator: 1 } })
    expect(response.measures.mitigate).toMatchObject({ count: 1, list: [{ key: 'INC-0001', ms: 8 * MINUTE }] })
  })

  test('the same fault comes back: the fix is open again, October is restated, and November adds up', async () => {
    clock.now = at('2026-11-10T12:00:00')
    await app.turns.read()
    await pass(3, 50)
    const { alerts } = await get<{ alerts: readonly { id: string; rule: string }[] }>('/alerts?state=open')
    expect(alerts).toMatchObject([{ rule: 'checkout/availability/level-1' }])
    expect(alerts[0]?.id).not.toBe('A-0001')
    // The page has opened an incident; as soon as its cause is known, the fix that should have removed it is open again.
    await post('/incidents/INC-0002/cause', { ...cause, by: 'aoi' })
    await post('/incidents/INC-0002/cause', { ...cause, by: 'aoi' })
    const { transitions } = await get<{ transitions: readonly Document[] }>('/fixes/FIX-0001')
    expect(transitions.filter(({ type }) => type === 'reopened')).toMatchObject([
      { incident: 'INC-0002', reason: 'its cause is back in INC-0002' },
    ])

    // Reopened within 30 days, it was not done after all; what October said when it ended is stored beside it, with the reason.
    const october = await get<MonthFacts>('/months/2026-10/facts')
    const [was, is] = [1, 0].map((numerator) => ({ numerator, denominator: 2 }))
    const because = [{ fix: 'FIX-0001', type: 'reopened', incident: 'INC-0002' }]
    expect(october.fixes.onTime.share).toEqual(is)
    expect(october.statistics?.restatements).toMatchObject([
      { figure: 'onTime', was, is, because },
      { figure: 'byPresentDate', was, is, because },
    ])
    // How old the view of the trackers is belongs to the answer, not to the month.
    const answer = await get<FixStatistics & { trackers?: unknown }>('/statistics?month=2026-10')
    const { month: _, fixes: __, trackers: ___, ...told } = answer
    expect(october.statistics).toEqual(told)
    expect(parseMonthFacts(october)).toEqual({ ok: true, facts: october })
    const printed = await runTabiji(folder, 'fix', 'stats', '--url', api, '--month', '2026-10')
    expect(printed.stdout).toContain('was 1 of 2  is 0 of 2')
    const { flow, open } = await fixesOf('2026-11')
    expect(flow).toEqual({ openAtStart: 1, created: 0, returned: 1, done: 0, dropped: 0, openAtEnd: 2 })
    expect(flow.openAtStart + flow.created + flow.returned - flow.done - flow.dropped).toBe(flow.openAtEnd)
    expect(open.map(({ key }) => key).sort()).toEqual(['FIX-0001', 'FIX-0002'])
    const { watched, fixes } = await get<FixStatistics>('/statistics')
    expect(watched).toMatchObject([{ key: 'FIX-0001', verdict: 'recurred', incidents: ['INC-0002'] }])
    expect(fixes.flow).toEqual(flow)
    const shown = await runTabiji(folder, 'fix', 'debt', '--url', api)
    expect(shown.stdout).toContain('checkout/availability')
  })
})
