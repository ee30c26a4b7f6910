import type { AlertDetail } from '@tabiji/collector'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRST_TS, openSlackHouse, PATIENCE } from '../../incidents/testing/slack-house.ts'

/** One page from its first message to its end, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('a page in a channel', () => {
  let house: Awaited<ReturnType<typeof openSlackHouse>>
  beforeAll(async () => {
    // Here people open the incident, by the button.
    house = await openSlackHouse({ incidents: { openOn: 'never', joinWithinMs: 0 } })
  })
  afterAll(() => house.close())

  const alert = () => house.get<AlertDetail>('/alerts/A-0001')
  /** What the channel was told of the alert itself. */
  const told = () =>
    house.slack.calls.filter(({ method, text }) => method !== 'chat.postEphemeral' && !text.startsWith('INC-'))

  test('is one message, whose button takes the alert in the name of who pressed it', async () => {
    await house.pass(2, 100)
    expect(told().map(({ method, channel }) => [method, channel])).toEqual([['chat.postMessage', '#alerts']])
    expect(await house.press('tabiji_acknowledge')).toBe(200)
    expect((await alert()).episode).toMatchObject({ state: 'acked', ack: { by: 'aoi' } })
    await expect.poll(house.whispers, PATIENCE).toEqual([expect.stringMatching(/^A-0001 is yours, aoi\./)])
  })

  test('opens one incident, however often it is asked for', async () => {
    expect([await house.press('tabiji_open_incident'), await house.press('tabiji_open_incident')]).toEqual([200, 200])
    const { incidents } = await house.get<{ incidents: object[] }>('/incidents')
    expect(incidents).toMatchObject([{ key: 'INC-0001', level: 1, journeys: ['checkout'], episodes: ['A-0001'] }])
    await expect.poll(() => house.whispers().length, PATIENCE).toBe(3)
    await house.settle()
    const board = house.slack.calls.find(({ text }) => text.startsWith('INC-0001 ·'))
    expect(board).toMatchObject({ method: 'chat.postMessage', thread_ts: FIRST_TS })
  })

  test('is edited when it is over, also after a restart, and the channel sees the reply', async () => {
    await house.restart()
    await house.pass(20, 0)
    const [edit, reply] = told().slice(1)
    expect(edit).toMatchObject({ method: 'chat.update', channel: 'C0123ABCD', ts: FIRST_TS })
    expect(edit?.text).toMatch(/^✔ RESOLVED \(level 1\) · Check out/)
    expect(reply).toMatchObject({ thread_ts: FIRST_TS, reply_broadcast: true })
    expect(reply?.text).toContain('&gt; ▲ LEVEL 1 · Check out is failing')
    expect(house.slack.faults).toEqual([])
    expect(JSON.stringify(await alert())).not.toContain('1792471140')
  })
})
