import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Work } from '../../ports/work.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveWork, signInAs, type WorkServer } from '../../testing/work-server.ts'
import type { ApiError } from '../answer.ts'

const OPEN = { title: 'Scans cannot be uploaded', level: 1, journeys: ['measure-feet'], episodes: ['A-0001'] }
const ADD = { title: 'Retry the upload', kind: 'prevent' }
const JSON_TYPE = { 'content-type': 'application/json' }

let desk: WorkDesk
let server: WorkServer
beforeEach(async () => {
  desk = openWorkDesk()
  server = await serveWork(desk.work)
})
afterEach(async () => {
  await server.close()
  desk.close()
})

async function send(path: string, init?: RequestInit) {
  const response = await fetch(`${server.url}/api/v1${path}`, init)
  const body = (await response.json()) as Record<string, unknown> & { error?: ApiError }
  return { status: response.status, headers: response.headers, body }
}
const get = (path: string) => send(path)
const post = (path: string, body: unknown = {}) =>
  send(path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })

const told = ({ status, body: { error } }: Awaited<ReturnType<typeof send>>) => [
  status,
  ...(error?.problems ?? (error === undefined ? [] : [error])).map(({ code, message, hint }) =>
    [code, message, ...(hint === undefined ? [] : [hint])].join(' | '),
  ),
]

describe('incidents over HTTP', () => {
  test('are opened, changed, read and listed', async () => {
    const opened = await post('/incidents', { ...OPEN, by: 'suzuki' })
    expect([opened.status, opened.headers.get('location')]).toEqual([201, '/api/v1/incidents/INC-0001'])
    expect(opened.headers.get('cache-control')).toBe('no-store')
    await post('/incidents/INC-0001/edit', { episodes: ['A-0001', 'A-0002'] })
    await post('/incidents/INC-0001/time', { moment: 'impactStarted', value: '13:02', reason: 'seen in the graph' })
    await post('/incidents/INC-0001/resolve')
    await post('/incidents/INC-0001/reopen', { reason: 'errors are back' })
    const resolved = await post('/incidents/INC-0001/resolve')
    expect(await get('/incidents/INC-0001')).toMatchObject({ status: 200, body: resolved.body })
    expect(resolved.body).toMatchObject({
      incident: { key: 'INC-0001', episodes: ['A-0001', 'A-0002'], impactStartedAt: '2026-10-20T13:02:00+09:00' },
      timeline: ['opened', 'edited', 'timed', 'resolved', 'reopened', 'resolved'].map((type) => ({ type })),
      fixes: [],
    })
    expect((await get('/incidents')).body['incidents']).toMatchObject([{ key: 'INC-0001' }])
    expect((await get('/incidents?state=open')).body['incidents']).toEqual([])
  })

  test.each([
    [
      '/incidents/INC-0002/resolve',
      {},
      [404, 'INCIDENT_UNKNOWN | There is no incident INC-0002 | did you mean "INC-0001"?'],
    ],
    [
      '/incidents/INC-0001/reopen',
      { reason: 'x' },
      [409, 'INCIDENT_STILL_OPEN | Expected INC-0001 to be resolved, but it is still open'],
    ],
    [
      '/incidents',
      { title: ' ', journeys: ['measure-fete'] },
      [
        422,
        'INCIDENT_TITLE | Expected `title` to have 1 to 200 characters, got nothing',
        'INCIDENT_UNKNOWN_JOURNEY | Expected `journey` to be a known one, got "measure-fete" | did you mean "measure-feet"?',
      ],
    ],
    [
      '/incidents/INC-0001/time',
      { moment: 'detcted', value: '13:00', reasn: 'x' },
      [
        400,
        'REQUEST_SHAPE | Expected `moment` to be "impactStarted" or "detected" or "acknowledged" or "mitigated" or "resolved", got "detcted" | did you mean "detected"?',
        'REQUEST_UNKNOWN_KEY | Unknown key `reasn` in the document | did you mean "reason"?',
      ],
    ],
    [
      '/incidents/INC-0001/time',
      { moment: 'detected', value: '25:00' },
      [
        422,
        'INCIDENT_REASON | Expected `reason` to have 1 to 2000 characters, got nothing',
        'INCIDENT_TIME | Expected `value` to be one instant on the clocks of Asia/Tokyo, got "25:00" | write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00',
      ],
    ],
    ['/incidents', { title: 'x', level: 4 }, [400, 'REQUEST_SHAPE | Expected `level` to be 1 or 2 or 3, got 4']],
    ['/incidents', { title: 7 }, [400, 'REQUEST_SHAPE | Expected `title` to be a text, got 7']],
    [
      '/incidents',
      { title: 'x', episodes: [''] },
      [400, 'REQUEST_SHAPE | Expected `episodes[0]` to be at least 1 characters long, got ""'],
    ],
    ['/incidents', [], [400, 'REQUEST_SHAPE | Expected the document to be of type object, got a list']],
  ] as const)('refuse POST %s with %j', async (path, body, expected) => {
    await post('/incidents', OPEN)
    expect(told(await post(path, body))).toEqual(expected)
    expect((await get('/incidents/INC-0001')).body['timeline']).toHaveLength(1)
  })
})

describe('fixes over HTTP', () => {
  test('are added, moved, done, reopened, accepted, taken back, dropped, and keep every transition', async () => {
    await post('/incidents', OPEN)
    const added = await post('/fixes', { ...ADD, incident: 'INC-0001', owner: '鈴木' })
    expect([added.status, added.headers.get('location')]).toEqual([201, '/api/v1/fixes/FIX-0001'])
    await post('/fixes/FIX-0001/move', { due: '2026-11-30', reason: 'waits for the supplier' })
    await post('/fixes/FIX-0001/done')
    await post('/fixes/FIX-0001/reopen', { reason: 'it came back' })
    await post('/fixes/FIX-0001/accept', { approver: 'tanaka', reason: 'rare', until: '2026-12-31' })
    await post('/fixes/FIX-0001/undrop', { reason: 'not so rare' })
    const dropped = await post('/fixes/FIX-0001/drop', { reason: 'the service goes away' })
    expect(dropped.body).toMatchObject({
      fix: { key: 'FIX-0001', state: 'dropped', firstDue: '2026-11-04', due: '2026-11-30', postponements: 1 },
      transitions: ['added', 'moved', 'done', 'reopened', 'accepted', 'undropped', 'dropped'].map((type) => ({ type })),
    })
    expect((await get('/fixes/FIX-0001')).body).toEqual(dropped.body)
    expect((await get('/incidents/INC-0001')).body['fixes']).toMatchObject([{ key: 'FIX-0001' }])
    expect((await get('/fixes?state=dropped&incident=INC-0001')).body['fixes']).toHaveLength(1)
    expect((await get('/fixes?state=open')).body['fixes']).toEqual([])
  })

  test.each([
    ['/fixes/FIX-0003/done', {}, [404, 'FIX_UNKNOWN | There is no fix FIX-0003 | did you mean "FIX-0001"?']],
    [
      '/fixes/FIX-0001/reopen',
      {},
      [
        409,
        'FIX_STATE | Expected FIX-0001 to be done, but it is open | it is already in the list of open fixes',
        'FIX_REASON | Expected `reason` to have 1 to 2000 characters, got nothing',
      ],
    ],
    [
      '/fixes/FIX-0001/move',
      { due: '2026-02-30', reason: 'x' },
      [422, 'FIX_DATE | Expected `due` to be a date as YYYY-MM-DD, got "2026-02-30"'],
    ],
    ['/fixes/FIX-0001/move', { reason: 'x' }, [400, 'REQUEST_SHAPE | Expected `due` to be a text, got nothing']],
    [
      '/fixes',
      { ...ADD, kind: 'prevnt' },
      [422, 'FIX_KIND | Expected `kind` to be a known one, got "prevnt" | did you mean "prevent"?'],
    ],
  ] as const)('refuse POST %s with %j', async (path, body, expected) => {
    await post('/fixes', ADD)
    expect(told(await post(path, body))).toEqual(expected)
    expect((await get('/fixes/FIX-0001')).body['transitions']).toHaveLength(1)
  })

  test.each([
    [
      '/fixes?state=late',
      [
        400,
        'REQUEST_SHAPE | Expected `state` to be "open" or "done" or "dropped" or "accepted" or "merged" or "overdue" or "all", got "late"',
      ],
    ],
    ['/fixes?jorney=x', [400, 'REQUEST_UNKNOWN_KEY | Unknown key `jorney` in the document | did you mean "journey"?']],
    ['/fixes?incident=a&incident=b', [400, 'REQUEST_SHAPE | Expected `incident` to be a text, got a list']],
    [
      '/fixes?journey=shop',
      [
        422,
        'FIX_UNKNOWN_JOURNEY | Expected `journey` to be a known one, got "shop" | known: measure-feet, read-result',
      ],
    ],
    ['/fixes/FIX-0001', [404, 'FIX_UNKNOWN | There is no fix FIX-0001']],
    ['/fixs', [404, 'NOT_FOUND | There is no GET /api/v1/fixs']],
  ] as const)('refuse GET %s', async (path, expected) => {
    expect(told(await get(path))).toEqual(expected)
  })
})

describe('a request', () => {
  const raw = (body: string | null, headers: Record<string, string> = JSON_TYPE) =>
    send('/fixes', { method: 'POST', headers, body })

  test.each([
    ['is not JSON', '{"title": ', JSON_TYPE, 400, 'REQUEST_NOT_JSON'],
    ['is a bare value', '"title"', JSON_TYPE, 400, 'REQUEST_NOT_JSON'],
    [
      'is a form',
      'title=x&kind=prevent',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'REQUEST_MEDIA_TYPE',
    ],
    [
      'is plain text, as pages of other origins may send',
      JSON.stringify(ADD),
      { 'content-type': 'text/plain' },
      415,
      'REQUEST_MEDIA_TYPE',
    ],
    ['has no body and no type', null, {}, 415, 'REQUEST_MEDIA_TYPE'],
    ['is compressed', JSON.stringify(ADD), { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415, 'REQUEST_MEDIA_TYPE'],
    [
      'is in another alphabet',
      JSON.stringify(ADD),
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'REQUEST_MEDIA_TYPE',
    ],
    ['is too large', JSON.stringify({ ...ADD, cause: 'x'.repeat(70_000) }), JSON_TYPE, 413, 'REQUEST_TOO_LARGE'],
    [
      'names a key that pollutes',
      '{"__proto__": {"kind": "prevent"}, "title": "x", "kind": "prevent"}',
      JSON_TYPE,
      400,
      'REQUEST_UNKNOWN_KEY',
    ],
  ] as const)('that %s is refused', async (_, body, headers, status, code) => {
    expect(told(await raw(body, headers))).toEqual([status, expect.stringContaining(code)])
    expect(desk.store.fixHistories()).toEqual([])
  })

  test('with an address that cannot be read is refused', async () => {
    expect(told(await get('/fixes/%E0%A4%A'))).toEqual([400, expect.stringContaining('REQUEST_REFUSED')])
    expect(server.bugs).toEqual([])
  })

  test('with an endless key is compared by its beginning only', async () => {
    const { body } = await get(`/fixes/${'F'.repeat(8_000)}`)
    expect(body.error?.message).toBe(`There is no fix ${'F'.repeat(200)}`)
  })

  test('keeps hostile text as it was sent', async () => {
    const title = 'a\u001b]0;owned\u0007\u202e <script>&"\''
    expect((await post('/fixes', { ...ADD, title })).body['fix']).toMatchObject({ title })
  })

  test('that fails for our reasons tells nothing of them', async () => {
    const failing: Work = {
      ...desk.work,
      fix: () => {
        throw new Error('disk I/O error in /secret/place')
      },
    }
    const other = await serveWork(failing)
    try {
      const response = await fetch(`${other.url}/api/v1/fixes/FIX-0001`)
      const { error } = JSON.parse(await response.text()) as { error: { id: string } }
      const message = `The collector failed; its log says why under ${error.id}`
      expect([response.status, error]).toEqual([500, { code: 'INTERNAL', message, id: error.id }])
      expect(error.id).toMatch(/^E-[0-9a-f]{8}$/)
      expect(other.bugs).toHaveLength(1)
    } finally {
      await other.close()
    }
  })
})

describe('the scribe', () => {
  const scribe = (body: Record<string, unknown>) => (body['transitions'] as { by?: string }[])[0]?.by

  test('is who the body names when nobody signed in, and nobody when it names none', async () => {
    expect(scribe((await post('/fixes', { ...ADD, by: 'suzuki' })).body)).toBe('suzuki')
    expect(scribe((await post('/fixes', ADD)).body)).toBeUndefined()
  })

  test('is who signed in, whatever the body says', async () => {
    const guarded = await serveWork(desk.work, signInAs('s3cret', 'ci'))
    try {
      const headers = { ...JSON_TYPE, authorization: 'Bearer s3cret' }
      const body = JSON.stringify({ ...ADD, by: 'somebody else' })
      const response = await fetch(`${guarded.url}/api/v1/fixes`, { method: 'POST', headers, body })
      expect(scribe((await response.json()) as Record<string, unknown>)).toBe('ci')
    } finally {
      await guarded.close()
    }
  })
})
