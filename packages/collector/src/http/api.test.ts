import { afterEach, describe, expect, test } from 'vitest'
import { createMovements } from '../jobs/loop/movements.ts'
import type { Acknowledging } from '../ports/acknowledging.ts'
import type { Annotations } from '../ports/annotations.ts'
import type { Api } from '../ports/api.ts'
import type { CommandLog } from '../ports/command-log.ts'
import type { Corrections } from '../ports/corrections.ts'
import type { Courses } from '../ports/courses.ts'
import type { Digests } from '../ports/digests.ts'
import type { Drills } from '../ports/drills.ts'
import type { FixImport } from '../ports/fix-import.ts'
import type { Impact } from '../ports/impact.ts'
import type { IncidentTimelines } from '../ports/incident-timeline.ts'
import type { MaintenanceDesk } from '../ports/maintenance.ts'
import type { Postmortems } from '../ports/postmortems.ts'
import type { Practice } from '../ports/practice.ts'
import type { Receivers } from '../ports/receivers.ts'
import type { Reports } from '../ports/reports.ts'
import type { FirstResponse } from '../ports/response.ts'
import type { RunbookDesk } from '../ports/runbooks.ts'
import type { LoadedSettings } from '../ports/settings.ts'
import type { Silences } from '../ports/silences.ts'
import type { Statistics } from '../ports/statistics.ts'
import type { TicketDesk } from '../ports/ticket-desk.ts'
import type { Work } from '../ports/work.ts'
import { createApiHouse } from './api-house.ts'
import type { Badge } from './auth.ts'
import { type Door, openDoor } from './door.ts'

const opened: Door[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((door) => door.close()))
})

const DOUBT = { process: 'p', service: 'shop', from: '2026-10-15T12:00:00+09:00', estimate: [1, 0, 0, 0] } as const

/** What the routes ask is covered by the tests of the jobs; here is what the door does with it. */
const API: Api = {
  overview: () => ({
    at: '2026-10-15T12:00:00+09:00',
    timeZone: 'Asia/Tokyo',
    fingerprint: 'f',
    sample: false,
    doubts: { count: 0, estimate: 0 },
    refused: [],
    journeys: [],
  }),
  probes: () => [],
  doubts: ({ state, limit }) => (state === 'all' && limit === 5 ? [DOUBT] : []),
  journeyWork: () => undefined,
  alerts: () => [],
  alert: () => undefined,
  revisions: () => [],
  months: () => ({ latestComplete: '2026-09', current: '2026-10', timeZone: 'Asia/Tokyo' }),
  monthFacts: async () => undefined,
  recentMonth: async () => undefined,
  teamFacts: async () => undefined,
  checks: () => [{ name: 'store', status: 'degraded', message: 'slow' }],
  held: () => [],
  dead: () => [],
  retryDead: () => undefined,
  settleHeld: () => undefined,
  metrics: async function* () {
    yield '# no metrics\n'
  },
}

async function open(badges: readonly Badge[], api: Partial<Api> = {}, publicUrl?: string) {
  const errors: unknown[] = []
  const house = createApiHouse({
    api: { ...API, ...api },
    courses: {} as Courses,
    work: {} as Work,
    tickets: {} as TicketDesk,
    trackers: () => [],
    fixImport: {} as FixImport,
    timelines: {} as IncidentTimelines,
    impact: {} as Impact,
    statistics: {} as Statistics,
    corrections: {} as Corrections,
    receivers: {} as Receivers,
    acknowledging: {} as Acknowledging,
    now: () => 0,
    annotations: {} as Annotations,
    drills: {} as Drills,
    commands: {} as CommandLog,
    silences: {} as Silences,
    maintenance: {} as MaintenanceDesk,
    digests: {} as Digests,
    response: {} as FirstResponse,
    runbookDesk: {} as RunbookDesk,
    postmortems: {} as Postmortems,
    practice: {} as Practice,
    reports: {} as Reports,
    settings: () => ({}) as LoadedSettings,
    pages: { movements: createMovements(), version: '0', assets: { style: '', script: '', files: [] } },
    badges,
    publicUrl,
    report: (error) => errors.push(error),
  })
  const door = await openDoor(house, '127.0.0.1', 0)
  opened.push(door)
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${door.url}${path}`, { headers, method })
  return { get, errors, url: door.url }
}

const READER: Badge = { name: 'dashboard', token: () => 'read-me', may: 'read' }
const WRITER: Badge = { name: 'sato', token: () => 'write-me', may: 'write' }

describe('the API door', () => {
  test('lets nobody in without a token once tokens are configured', async () => {
    const { get } = await open([READER])
    const answer = await get('/api/v1/journeys')
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await get('/api/v1/journeys', { authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await get('/api/v1/journeys', { authorization: 'Bearer read-me' })).status).toBe(200)
  })

  test('lets a token that may read change nothing', async () => {
    const { get } = await open([READER, WRITER])
    const answer = await get('/api/v1/incidents', { authorization: 'Bearer read-me' }, 'POST')
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      403,
      'FORBIDDEN',
    ])
  })

  test('tells its health to anybody who can reach it', async () => {
    const { get } = await open([READER])
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/metrics')).headers.get('content-type')).toContain('version=0.0.4')
    const ready = await get('/readyz')
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, checks: API.checks() }])
  })

  test('stops writing series for somebody who has hung up', async () => {
    let stopped: () => void = () => undefined
    const stop = new Promise<void>((resolve) => {
      stopped = resolve
    })
    const { url, errors } = await open([], {
      metrics: async function* () {
        try {
          while (true) yield '# more\n'.repeat(1_000)
        } finally {
          stopped()
        }
      },
    })
    const hangUp = new AbortController()
    const answer = await fetch(`${url}/metrics`, { signal: hangUp.signal })
    await answer.body?.getReader().read()
    hangUp.abort()
    await stop
    expect(errors).toEqual([])
  })

  test('is not ready when something that it needs has failed', async () => {
    const { get } = await open([], { checks: () => [{ name: 'store', status: 'failed', message: 'disk full' }] })
    expect((await get('/readyz')).status).toBe(503)
  })

  test('refuses a name that is not its own, so that no foreign page can lead a browser here', async () => {
    const { url } = await open([], {}, 'https://tabiji.example.org')
    const { request } = await import('node:http')
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${url}/api/v1/journeys`, { headers: { host } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect(await status('evil.example.com')).toBe(403)
    expect(await status('tabiji.example.org')).toBe(200)
    expect(await status('localhost:7070')).toBe(200)
  })

  test.each([
    ['/api/v1/journeys/chekout', 404],
    ['/api/v1/alerts/A-9999', 404],
    ['/api/v1/alerts?level=4', 400],
    ['/api/v1/alerts?limit=0', 400],
    ['/api/v1/doubts?state=settled', 400],
    ['/api/v1/months/2026-13/facts', 400],
    ['/api/v1/months/2030-01/facts', 404],
    ['/nothing', 404],
  ])('answers %s with %i and says why', async (path, status) => {
    const { get } = await open([])
    const answer = await get(path)
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect([answer.status, error.message.length > 0]).toEqual([status, true])
  })

  test('tells what is in doubt, as it was asked for', async () => {
    const { get } = await open([])
    const told = async (query: string) => (await get(`/api/v1/doubts${query}`)).json()
    expect(await told('?state=all&limit=5')).toEqual({ doubts: [DOUBT] })
    expect(await told('')).toEqual({ doubts: [] })
  })

  test('says nothing about a mistake of its own but that there was one', async () => {
    const { get, errors } = await open([], {
      overview: () => {
        throw new Error('secret detail')
      },
    })
    const answer = await get('/api/v1/journeys')
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('secret detail')])
    expect(errors).toHaveLength(1)
  })
})
