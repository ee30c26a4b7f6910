import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MonthFacts, narrowAlone, parseMonthFacts } from '@tabiji/core/report'
import { HOUR, isoIn, monthRange } from '@tabiji/core/time'
import { expect, onTestFinished, test, vi } from 'vitest'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import { configIn } from '../testing/config.ts'
import { createApp, createLog } from './app.ts'
import { importHistory, readHistory } from './history.ts'

const ZONE = 'Asia/Tokyo'
const NOW = Date.parse('2026-11-05T10:00:00+09:00')
const RANGE = monthRange('2026-10', ZONE)

type Line = { readonly at: string; readonly team: 'shop' | 'find'; readonly [field: string]: unknown }

const journeyOf = { shop: 'checkout', find: 'search' } as const
const hourly = (team: Line['team'], good: number, bad: number): Line[] =>
  Array.from({ length: (RANGE.to - RANGE.from) / HOUR + 1 }, (_, i) => ({
    ...{ team, kind: 'reading', at: isoIn(RANGE.from + i * HOUR, ZONE), process: team, service: team },
    steps: [{ journey: journeyOf[team], step: 'pay', counts: [good * i, 0, bad * i, 0] }],
  }))
const work = (team: Line['team'], kind: string, key: string, day: string, command: object): Line => ({
  ...{ team, kind, key, at: `2026-${day}T12:00:00+09:00`, by: 'sato', command },
})
/** An incident of a team, and two fixes that came out of it: one that names its journey and one that does not. */
const trouble = (team: Line['team'], n: number): Line[] => {
  const journey = journeyOf[team]
  const incident = `INC-000${n}`
  const fix = (key: string, of: object) =>
    work(team, 'fix', key, '10-07', {
      ...{ type: 'add', title: `Mend ${journey}`, kind: 'prevent', incident, owner: 'mori', due: '2026-10-20', ...of },
    })
  return [
    work(team, 'incident', incident, '10-06', {
      ...{ type: 'open', title: `${journey} fails`, level: 1, journeys: [journey], episodes: [], drill: false },
    }),
    fix(`FIX-000${n * 2 - 1}`, { journey }),
    fix(`FIX-000${n * 2}`, {}),
    work(team, 'fix', `FIX-000${n * 2}`, '10-15', { type: 'done' }),
  ]
}

const LINES = [...hourly('shop', 100, 2), ...hourly('find', 500, 0), ...trouble('shop', 1), ...trouble('find', 2)]
const FILE = definitionOf(AVAILABILITY)
const [CHECKOUT] = FILE.journeys
if (CHECKOUT === undefined) throw new Error('Expected a journey')
const SEARCH = { ...CHECKOUT, name: 'search', title: { en: 'Search', ja: '検索' }, owner: 'find & co' }

/** A daemon that knows what these lines tell of these journeys. */
async function houseOf(lines: readonly Line[], journeys: (typeof FILE)['journeys']) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-teams-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const definition = { ...FILE, journeys }
  const ledger = { grid: [{ fromAgeSeconds: 0, width: 3_600 }] as const, clockSkewMs: 5_000 }
  const config = configIn(folder, { ledger })
  const sorted = lines.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const history = readHistory(sorted.map(({ team: _, ...line }) => JSON.stringify(line)))
  if (!history.ok) throw new Error(JSON.stringify(history.problems))
  expect(importHistory(config, definition, history.entries, { now: NOW, sample: false })).toMatchObject({ ok: true })
  const app = createApp(config, definition, {
    ...{ now: () => NOW, log: createLog('silent'), loadDefinition: () => ({ ok: true, definition }) },
  })
  onTestFinished(() => app.stop())
  const { api } = await app.open()
  const ask = async (path: string, body?: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, body === undefined ? {} : init)
    return { status: response.status, body: (await response.json()) as { readonly facts: MonthFacts } }
  }
  for (const { name } of journeys) {
    const stretch = { from: '2026-10-03T10:00:00+09:00', to: '2026-10-03T12:00:00+09:00' }
    await ask('/corrections', { journeys: [name], ...stretch, reason: 'a load test', category: 'other' })
  }
  return {
    ask,
    facts: async (query = '') => (await ask(`/months/2026-10/facts${query}`)).body as unknown as MonthFacts,
  }
}

test('a month of a team is the month of a daemon that knows of no other team, and is frozen with it', async () => {
  // No browser prints here: that takes seconds, and is shown elsewhere.
  vi.stubEnv('TABIJI_BROWSER', '/nowhere')
  onTestFinished(() => void vi.unstubAllEnvs())
  const both = await houseOf(LINES, [CHECKOUT, SEARCH])
  const alone = await houseOf(
    LINES.filter(({ team }) => team === 'shop'),
    [CHECKOUT],
  )
  const shop = await both.facts('?team=shop-team')
  const [correction] = shop.corrections ?? []
  const { team, ...told } = shop
  expect(team).toBe('shop-team')
  const created = correction?.createdAt
  const whole = await alone.facts()
  expect(told).toEqual({ ...whole, corrections: whole.corrections?.map((one) => ({ ...one, createdAt: created })) })
  expect(parseMonthFacts(shop)).toMatchObject({ ok: true })
  expect(shop.fixes.flow).toMatchObject({ created: 2, done: 1, openAtEnd: 1 })
  expect(shop.fixList?.map(({ key, state, done }) => [key, state, done])).toEqual([
    ['FIX-0001', 'open', undefined],
    ['FIX-0002', 'done', '2026-10-15'],
  ])

  expect(await both.ask('/months/2026-10/facts?team=nobody')).toMatchObject({
    status: 404,
    body: { error: { code: 'TEAM_UNKNOWN', hint: 'known: find & co, shop-team' } },
  })
  expect(await both.ask('/months/2026-10/facts?team=a&team=b')).toMatchObject({ status: 400 })

  // Issued: what a team is told then is frozen, too, whatever happens afterwards.
  // Two who do it at the same moment: exactly one has done it, and the other is told so.
  const issue = () => both.ask('/reports/2026-10/issue', {})
  const [one, other] = (await Promise.all([issue(), issue()])).toSorted((a, b) => a.status - b.status)
  expect(one).toMatchObject({ status: 200, body: { revision: 1, revisions: [{ revision: 1 }] } })
  expect(other).toMatchObject({ body: { error: { code: 'REPORT_ISSUED' } } })
  expect(await both.ask('/fixes/FIX-0001/done', {})).toMatchObject({ status: 200 })
  const issued = await both.ask(`/reports/2026-10/facts?team=${encodeURIComponent('find & co')}`)
  expect(issued).toMatchObject({ status: 200, body: { issue: { revision: 1 } } })
  const find = issued.body.facts
  expect([find.journeys.map(({ name }) => name), find.incidents.map(({ key }) => key)]).toEqual([
    ['search'],
    ['INC-0002'],
  ])
  const frozen = (await both.ask('/reports/2026-10/facts')).body.facts
  expect(Object.keys(frozen.teamParts ?? {})).toEqual(['find & co', 'shop-team'])
  const { generatedAt: _, ...before } = shop
  const { generatedAt: __, ...then } = (await both.ask('/reports/2026-10/facts?team=shop-team')).body
    .facts as MonthFacts
  expect(then).toEqual(before)
  expect(narrowAlone(frozen, 'shop-team')).toMatchObject({ ok: true, facts: before })
  // What was not frozen says the sums of all: nobody can take them apart.
  expect(narrowAlone(await both.facts(), 'shop-team')).toMatchObject({ why: 'sums', families: ['fixes', 'statistics'] })
}, 60_000)
