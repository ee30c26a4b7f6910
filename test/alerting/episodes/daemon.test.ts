import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { type Daemon, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { openHouse, runTabiji, TOKENS } from './testing/house.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

async function start(house: House): Promise<Daemon> {
  const daemon = await startDaemon(house.folder, TOKENS)
  endings.push(daemon.end)
  return daemon
}

/** A daemon that has just paged. */
async function paged(unanswered: string) {
  const house = await openHouse(unanswered)
  endings.push(house.close)
  const daemon = await start(house)
  house.counts.error = 11
  await expect.poll(() => house.pager.length, PATIENCE).toBe(1)
  return { house, daemon }
}

async function kill({ child }: Daemon): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

async function api<Answer>(daemon: Daemon, path: string, body?: object, token: string = TOKENS.TABIJI_AOI) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const said = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${daemon.api}/api/v1${path}`, { headers, ...said })
  return { status: response.status, document: (await response.json()) as Answer }
}

type Alert = {
  readonly episode: { readonly state: string; readonly ack?: { readonly by: string; readonly until: number } }
  readonly timeline: readonly { readonly transition: string; readonly detail?: object }[]
  readonly notifications: readonly { readonly state: string }[]
}

/** What has become of all that was owed for the first alert. */
const states = async (daemon: Daemon) =>
  (await api<Alert>(daemon, '/alerts/A-0001')).document.notifications.map(({ state }) => state)

const titles = (messages: House['pager']) => messages.map(({ data }) => data['title'])
const UNTAKEN = /^▲ LEVEL 1 · Check out: nobody has taken it for /

describe('a page on a real daemon', () => {
  test('that nobody takes goes to others once, though the daemon is killed before it is time', async () => {
    const { house, daemon } = await paged('escalation: [{ after: 4s, to: fallback }]\nreminders: { every: 1h }')
    await kill(daemon)
    expect(house.second).toEqual([])
    const again = await start(house)
    await expect.poll(() => house.second.length, PATIENCE).toBe(1)
    expect(house.second[0]).toMatchObject({
      type: 'alert.reminded',
      data: {
        episode: 'A-0001',
        title: expect.stringMatching(UNTAKEN),
        unanswered: { reason: 'unanswered', told: ['pager'] },
        cause: { seen: { count: 11 } },
      },
    })
    // One that is killed before it has written down that it told would tell it again, and say so.
    await expect.poll(() => states(again), PATIENCE).toEqual(['delivered', 'delivered'])
    await kill(again)
    const third = await start(house)
    const { document } = await api<Alert>(third, '/alerts/A-0001')
    expect(document.episode.state).toBe('firing')
    expect(house.second).toHaveLength(1)
  }, 120_000)

  test('that somebody takes is asked about no more, and told to all when their time is over, also after a restart', async () => {
    const { house, daemon } = await paged('escalation: [{ after: 1h, to: fallback }]')
    const url = ['--url', daemon.api]
    const env = { TABIJI_TOKEN: TOKENS.TABIJI_AOI }
    const taken = await runTabiji(
      house.folder,
      env,
      'alerts',
      'ack',
      'a-0001',
      '--for',
      '5s',
      '--note',
      'on it',
      ...url,
    )
    expect(taken).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^A-0001 is taken by aoi until /) })
    await kill(daemon)
    const again = await start(house)
    await expect.poll(() => house.pager.length, PATIENCE).toBe(2)
    expect(titles(house.pager)[1]).toBe('▲ LEVEL 1 · Check out: still rings, and aoi has it no more')
    const { document } = await api<Alert>(again, '/alerts/A-0001')
    expect(document.timeline.map(({ transition }) => transition)).toEqual(['fired', 'acked', 'ack_expired'])
    expect(document.timeline[1]).toMatchObject({ detail: { by: 'aoi', via: 'api', note: 'on it' } })
    expect(document.episode).toEqual(expect.not.objectContaining({ ack: expect.anything() }))
  }, 120_000)

  test('shows who has it, lets only who may write take it, and is given back', async () => {
    const { house, daemon } = await paged('escalation: [{ after: 3s, to: fallback }]')
    const url = ['--url', daemon.api]
    const [writer, reader] = [{ TABIJI_TOKEN: TOKENS.TABIJI_AOI }, { TABIJI_TOKEN: TOKENS.TABIJI_WALL }]
    expect(await runTabiji(house.folder, reader, 'alerts', 'ack', 'A-0001', ...url)).toMatchObject({ exit: 4 })
    expect(await api(daemon, '/alerts/A-0001/ack', { for: '8d' })).toMatchObject({ status: 422 })
    expect(await api(daemon, '/alerts/A-0001/ack', { for: 'long' })).toMatchObject({ status: 400 })
    expect(await api(daemon, '/alerts/A-0009/ack', {})).toMatchObject({ status: 404 })

    const taken = await api<Alert>(daemon, '/alerts/A-0001/ack', { by: 'somebody else' })
    expect(taken).toMatchObject({ status: 200, document: { episode: { state: 'acked', ack: { by: 'aoi' } } } })
    const listed = await runTabiji(house.folder, writer, 'alerts', 'list', ...url)
    expect(listed.stdout).toMatch(/A-0001 +1 +ACKED by aoi /)
    const explained = await runTabiji(house.folder, writer, 'alerts', 'explain', 'A-0001', ...url)
    expect(explained.stdout).toMatch(/taken +by aoi \(api\) until /)
    expect(explained.stdout).toMatch(/acked +by aoi \(api\) until /)
    expect(explained.stdout).toMatch(/Next\n.* nobody has it any more/)

    const given = await runTabiji(house.folder, writer, 'alerts', 'unack', 'A-0001', '--note', 'train', ...url)
    expect(given).toMatchObject({ exit: 0, stdout: 'A-0001 is nobody’s\n' })
    await expect.poll(() => titles(house.second).at(-1), PATIENCE).toMatch(UNTAKEN)
  }, 120_000)
})
