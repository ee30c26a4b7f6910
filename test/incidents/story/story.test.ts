import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AlertDetail } from '@tabiji/collector'
import type { FixStatistics } from '@tabiji/core/fix'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addUp, minuteOf, minutesBetween, percentOf } from './testing/recount.ts'
import { MINUTE, openShop, type Shop } from './testing/shop.ts'

const at = (time: string) => Date.parse(`${time}+09:00`)
const NOON = at('2026-10-15T12:00:00')

type Document = Readonly<Record<string, unknown>>
type Impact = { journeys: readonly { from: string; to: string; bad: number; valid: number; budgetPpm: number }[] }
type Times = Readonly<Record<'impactStarted' | 'detected' | 'mitigated' | 'resolved', { readonly at: string }>>

const cause = { id: 'no-timeout', text: '決済クライアントに時間切れがない', bone: 'design' }
const seenLate = { id: 'seen-late', text: '待ち行列の長さを誰も見ていない', bone: 'detection' }

/** One fault from the first failed payment to the month after its fixes; each test goes on where the one before it stopped. */
describe.sequential('a fault, its incident and its fixes', { timeout: 180_000 }, () => {
  let shop: Shop
  let draft: string
  beforeAll(async () => {
    shop = await openShop(NOON)
    draft = join(shop.folder, 'postmortems', 'INC-0001.md')
  })
  afterAll(async () => {
    expect(shop.github.faults).toEqual([])
    await shop.close()
  })

  const fixesOf = async (month: string) => (await shop.get<MonthFacts>(`/months/${month}/facts`)).fixes
  const text = () => readFileSync(draft, 'utf8')

  test('a fault pages at once, and what the page says of the last hour is what happened', async () => {
    await shop.pass(10)
    await shop.pass(3, 50)
    const alert = await shop.get<AlertDetail>('/alerts/A-0001')
    expect(alert).toMatchObject({ level: 1, episode: { state: 'firing' } })
    expect(shop.pager.messages).toHaveLength(1)
    const said = shop.pager.messages[0]?.data as { at: string; cause: { long: { bad: number; valid: number } } }
    expect(said.cause.long).toMatchObject(shop.truthIn(NOON, Date.parse(said.at)))
  })

  test('its incident has the checklist of its level, and a lead', async () => {
    expect(await shop.get('/incidents/INC-0001')).toMatchObject({
      incident: { title: 'Check out: requests fail', level: 1, journeys: ['checkout'], episodes: ['A-0001'] },
    })
    await shop.post('/incidents/INC-0001/edit', { title: '支払いが失敗する', by: 'aoi' })
    const list = await shop.get<{ items: readonly { id: string }[] }>('/incidents/INC-0001/checklist')
    expect(list.items.length).toBeGreaterThan(3)
    await shop.post('/incidents/INC-0001/role', { role: 'lead', by: 'aoi' })
    await shop.post('/incidents/INC-0001/tick', { item: list.items[0]?.id, by: 'aoi' })
    expect(await shop.get('/incidents/INC-0001')).toMatchObject({ incident: { roles: { lead: { name: 'aoi' } } } })
  })

  test('what was known, what could be done and why it was chosen is written down while it is decided', async () => {
    await shop.pass(2, 50)
    await shop.tabiji(
      ...['incident', 'decide', 'INC-0001', '--knew', '半分の支払いが失敗', '--option', '待つ'],
      ...['--option', '再起動する', '--choice', '旧クライアントに戻す', '--why', '5分で済む', '--by', 'aoi'],
    )
    const { lines } = await shop.get<{ lines: readonly Document[] }>('/incidents/INC-0001/timeline')
    const decided = lines.find(({ kind }) => kind === 'decision')
    expect(decided).toMatchObject({ by: 'aoi', text: { ja: expect.stringMatching(/旧クライアントに戻す.*5分で済む/) } })
    expect(Date.parse(String(decided?.['at']))).toBe(shop.clock.now)
  })

  test('it is mitigated and resolved at times that people state', async () => {
    await shop.pass(3, 50)
    const mitigated = shop.clock.now
    await shop.pass(40)
    const reason = 'the old payment client is back'
    const value = new Date(mitigated).toISOString()
    await shop.post('/incidents/INC-0001/time', { moment: 'mitigated', value, reason })
    await shop.post('/incidents/INC-0001/resolve', { by: 'aoi' })
    expect((await shop.get<AlertDetail>('/alerts/A-0001')).episode.state).not.toBe('firing')
    const { incident } = await shop.get<{ incident: { mitigatedAt: string; impactStartedAt: string } }>(
      '/incidents/INC-0001',
    )
    // Eight minutes failed: three until the page was looked at, five until the old client was back.
    expect(Date.parse(incident.mitigatedAt) - Date.parse(incident.impactStartedAt)).toBe(8 * MINUTE)
  })

  test('the month has every failed payment, and the ledger says the same in its own words', async () => {
    const facts = await shop.get<MonthFacts>('/months/2026-10/facts')
    const { bad, valid } = shop.truthIn(NOON, shop.clock.now)
    expect(bad).toBe(16 * 50)
    expect(facts.journeys[0]?.steps[0]?.counts).toEqual([valid - bad, 0, bad, 0])
    const ledger = await shop.ledger('--from', '2026-10-15', '--to', '2026-10-15')
    expect([addUp(ledger.entries, NOON, shop.clock.now), ledger.agrees]).toEqual([{ bad, valid }, true])
    expect(ledger.sums).toMatchObject([{ good: valid - bad, slow: 0, error: bad, excluded: 0 }])
    // A target of 99 % allows one of a hundred.
    const allowed = valid / 100
    expect(facts.journeys[0]?.objectives[0]).toMatchObject({
      ...{ bad, valid, allowedMillionths: allowed * 1_000_000 },
      leftPpm: Math.round(((allowed - bad) / allowed) * 1_000_000),
    })
  })

  test('its causes are on record, and no bone is a person', async () => {
    for (const one of [cause, seenLate]) await shop.post('/incidents/INC-0001/cause', { ...one, by: 'aoi' })
    const { incident } = await shop.get<{ incident: { causes: readonly object[] } }>('/incidents/INC-0001')
    expect(incident.causes).toMatchObject([cause, seenLate])
    const person = await shop.send('/incidents/INC-0001/cause', { id: 'aoi', text: 'was tired', bone: 'operator' })
    expect(person.status).toBe(422)
  })

  test('the draft of the postmortem has the numbers of the rows of the ledger, and the times that follow from them', async () => {
    await shop.tabiji('postmortem', 'draft', 'INC-0001', '--lang', 'ja', '--out', draft)
    const { entries } = await shop.ledger('--from', '2026-10-15', '--to', '2026-10-15')
    // Counted again from the rows: the impact begins with the first slot that lost anything and ends when it was mitigated.
    const began = Date.parse(entries.find(({ error }) => error > 0)?.slot ?? '')
    const { incident } = await shop.get<{ incident: { times: Times } }>('/incidents/INC-0001')
    const [mitigated, detected, resolved] = (['mitigated', 'detected', 'resolved'] as const).map((moment) =>
      Date.parse(incident.times[moment].at),
    )
    if (mitigated === undefined || detected === undefined || resolved === undefined) throw new Error('Expected times')
    const { bad, valid } = addUp(entries, began, mitigated)
    expect([bad, valid]).toEqual([800, 1_600])
    // A hundredth of everything in the budget's window until then was allowed to fail.
    const allowed = addUp(entries, 0, mitigated).valid
    const shares = `${percentOf(bad, valid)} | ${percentOf(bad * 100, allowed)}`
    expect(text()).toContain(`${minuteOf(began)} から ${minuteOf(mitigated)} まで`)
    expect(text()).toContain(`| checkout/availability | ${bad} | ${valid} | ${shares} |`)
    expect(text()).toContain(`- 影響開始: ${minuteOf(began)}\n- 検知: ${minuteOf(detected)}\n`)
    expect(text()).toContain(`- 検知まで (TTD): ${minutesBetween(began, detected)} 分\n`)
    expect(text()).toContain('- 緩和まで (TTM): 8 分\n')
    expect(text()).toContain(`- 解決まで (TTR): ${minutesBetween(began, resolved)} 分`)
    expect(text()).toMatch(/<!-- tabiji:decisions -->\n- .*旧クライアントに戻す.*待つ.*再起動する.*5分で済む/)
    expect(text()).not.toContain('aoi')
  })

  test('the fishbone beside it shows every cause, with its Japanese unbroken', () => {
    expect(text()).toContain('](INC-0001-fishbone.svg)')
    const svg = readFileSync(join(shop.folder, 'postmortems', 'INC-0001-fishbone.svg'), 'utf8')
    expect(svg).toMatch(/^<svg /)
    const drawn = svg.replace(/<style>[\s\S]*<\/style>|<(title|desc)[^>]*>[^<]*<\/\1>/g, '').replace(/<[^>]*>/g, '')
    for (const said of ['支払いが失敗する', cause.text, seenLate.text, '設計・コード']) expect(drawn).toContain(said)
    expect(svg).not.toMatch(/\ufffd|&#|\\u/)
  })

  test('two fixes become tickets in GitHub that say what for, and the postmortem is published with them', async () => {
    const fix = { incident: 'INC-0001', journey: 'checkout', owner: 'suzuki' }
    const timeout = { ...fix, title: '時間切れを付ける', kind: 'prevent', cause: 'no-timeout', due: '2026-10-25' }
    await shop.post('/fixes', timeout)
    await shop.post('/fixes', {
      ...fix,
      title: '待ち行列を見張る',
      kind: 'detect',
      cause: 'seen-late',
      due: '2026-10-28',
    })
    const created: string[] = []
    for (const key of ['FIX-0001', 'FIX-0002']) created.push(await shop.tabiji('fix', 'ticket', key))
    expect(created).toEqual(
      shop.github.issues.map(({ html_url }, i) => `FIX-000${i + 1} is worked on at ${html_url}\n`),
    )
    expect(shop.github.issues.map(({ title }) => title)).toEqual(['時間切れを付ける', '待ち行列を見張る'])
    expect(shop.github.issues[0]?.body).toContain(`- Cause that it removes: ${cause.text} (no-timeout)\n`)
    await shop.tabiji('postmortem', 'draft', 'INC-0001', '--out', draft)
    for (const { html_url } of shop.github.issues) expect(text()).toContain(html_url)
    writeFileSync(draft, text().replace(/⟪[^⟫]*⟫/g, '現場で書いた。'))
    await shop.tabiji('postmortem', 'review', draft)
    expect(await shop.tabiji('postmortem', 'publish', draft)).toBe('INC-0001: the postmortem is published\n')
  })

  test('one is closed there in time, and one is not: the next month says one of two', async () => {
    const closed = new Date(at('2026-10-24T10:00:00')).toISOString()
    const [first] = shop.github.issues
    if (first === undefined) throw new Error('Expected an issue')
    Object.assign(first, { state: 'closed', state_reason: 'completed', closed_at: closed, updated_at: closed })
    // Nobody tells of it: it is found when the tracker is read, and counts when it was closed.
    shop.clock.now = at('2026-10-26T09:00:00')
    await shop.turns.follow()
    const { fix } = await shop.get<{ fix: Document }>('/fixes/FIX-0001')
    expect(fix).toMatchObject({ state: 'done', doneAt: '2026-10-24T10:00:00+09:00', owner: 'suzuki' })
    shop.clock.now = at('2026-11-02T10:00:00')
    await shop.turns.follow()
    const overdue = await shop.get<{ fixes: readonly Document[] }>('/fixes?state=overdue')
    // The 28th is the last day; the 29th is the first one too many.
    expect(overdue.fixes).toMatchObject([{ key: 'FIX-0002', overdueDays: 5 }])
    expect(await fixesOf('2026-10')).toMatchObject({
      onTime: { share: { numerator: 1, denominator: 2 }, provisionalUntil: expect.any(String) },
      flow: { openAtStart: 0, created: 2, returned: 0, done: 1, dropped: 0, openAtEnd: 1 },
      stock: { numerator: 1, denominator: 2 },
    })
  })

  test('what is still owed is weighed by what it burnt, and the response by clocks that are stated', async () => {
    const { journeys } = await shop.get<Impact>('/incidents/INC-0001/impact')
    const [hurt] = journeys
    if (hurt === undefined) throw new Error('Expected an impact')
    const met = shop.truthIn(Date.parse(hurt.from), Date.parse(hurt.to))
    const { valid } = shop.truthIn(NOON, Date.parse(hurt.to))
    expect(hurt).toMatchObject(met)
    // A target of 99 % allows one of a hundred of all that were paid until then.
    expect(hurt.budgetPpm).toBe(Math.floor((met.bad * 100 * 1_000_000) / valid))
    const { debt, response } = await shop.get<FixStatistics>('/statistics?month=2026-10')
    expect(debt.exposed).toEqual([{ objective: 'checkout/availability', budgetPpm: hurt.budgetPpm }])
    expect(debt.worth).toMatchObject([{ fix: 'FIX-0002', incidents: ['INC-0001'], repeats: 0 }])
    expect(debt.virtual).toEqual([])
    expect(response).toMatchObject({ incidents: 1, open: 0, detectedByUs: { numerator: 1, denominator: 1 } })
    expect(response.measures.mitigate).toMatchObject({ count: 1, list: [{ key: 'INC-0001', ms: 8 * MINUTE }] })
  })

  test('the same fault comes back: the fix is open again, October is restated, and November adds up', async () => {
    shop.clock.now = at('2026-11-10T12:00:00')
    await shop.turns.read()
    await shop.pass(3, 50)
    const { alerts } = await shop.get<{ alerts: readonly { id: string; rule: string }[] }>('/alerts?state=open')
    expect(alerts).toMatchObject([{ rule: 'checkout/availability/level-1' }])
    expect(alerts[0]?.id).not.toBe('A-0001')
    // The page has opened an incident; as soon as its cause is known, the fix that should have removed it is open again.
    await shop.post('/incidents/INC-0002/cause', { ...cause, by: 'aoi' })
    await shop.post('/incidents/INC-0002/cause', { ...cause, by: 'aoi' })
    // Its ticket is still closed, which is older news.
    await shop.turns.follow()
    const { transitions } = await shop.get<{ transitions: readonly Document[] }>('/fixes/FIX-0001')
    expect(transitions.map(({ type }) => type)).toEqual(['added', 'linked', 'done', 'reopened'])
    expect(transitions.at(-1)).toMatchObject({ incident: 'INC-0002', reason: 'its cause is back in INC-0002' })
  })

  test('what October said when it ended stands beside what is known now, with the reason', async () => {
    // Reopened within 30 days, it was not done after all.
    const october = await shop.get<MonthFacts>('/months/2026-10/facts')
    const [was, is] = [1, 0].map((numerator) => ({ numerator, denominator: 2 }))
    const because = [{ fix: 'FIX-0001', type: 'reopened', incident: 'INC-0002' }]
    expect(october.fixes.onTime.share).toEqual(is)
    expect(october.statistics?.restatements).toMatchObject([
      { figure: 'onTime', was, is, because },
      { figure: 'byPresentDate', was, is, because },
    ])
    // How old the view of the trackers is belongs to the answer, not to the month.
    const answer = await shop.get<FixStatistics & { trackers?: unknown }>('/statistics?month=2026-10')
    const { month: _, fixes: __, trackers: ___, ...told } = answer
    expect(october.statistics).toEqual(told)
    expect(parseMonthFacts(october)).toEqual({ ok: true, facts: october })
    expect(await shop.tabiji('fix', 'stats', '--month', '2026-10')).toContain('was 1 of 2  is 0 of 2')
    const { flow, open } = await fixesOf('2026-11')
    expect(flow).toEqual({ openAtStart: 1, created: 0, returned: 1, done: 0, dropped: 0, openAtEnd: 2 })
    expect(flow.openAtStart + flow.created + flow.returned - flow.done - flow.dropped).toBe(flow.openAtEnd)
    expect(open.map(({ key }) => key).sort()).toEqual(['FIX-0001', 'FIX-0002'])
    const { watched, fixes } = await shop.get<FixStatistics>('/statistics')
    expect(watched).toMatchObject([{ key: 'FIX-0001', verdict: 'recurred', incidents: ['INC-0002'] }])
    expect(fixes.flow).toEqual(flow)
    expect(await shop.tabiji('fix', 'debt')).toContain('checkout/availability')
  })
})
