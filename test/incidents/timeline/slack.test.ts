import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOON, openSlackHouse, PATIENCE } from '../testing/slack-house.ts'

const SECRET = 'hunter2-c0rrect-h0rse'
type Line = {
  readonly id: string
  readonly at: string
  readonly by?: string
  readonly source: string
  readonly text: { readonly en: string }
  readonly struck?: { readonly reason: string; readonly by?: string }
}

/** The doors of a real collector, at which Slack tells what people typed and pinned. */
describe('the timeline in Slack', { timeout: 60_000 }, () => {
  let house: Awaited<ReturnType<typeof openSlackHouse>>
  let events = 0

  beforeEach(async () => {
    house = await openSlackHouse()
  })
  afterEach(async () => {
    expect(house.slack.faults).toEqual([])
    await house.close()
  })

  const command = async (text: string, more: object = {}) => {
    const form = { command: '/tabiji', text, user_id: 'U0123ABCD', user_name: 'aoi', trigger_id: String(++events) }
    const body = new URLSearchParams({ ...form, channel_id: 'C0123ABCD', channel_name: 'ops', ...more }).toString()
    const answer = await house.tell('/slack/commands', body, 'application/x-www-form-urlencoded')
    return (await answer.json()) as { response_type: string; text: string }
  }
  const eventBody = (type: string, ts: string, more: object = {}, id = `Ev${++events}`) =>
    JSON.stringify({
      type: 'event_callback',
      event_id: id,
      event: {
        ...{ type, user: 'U0123ABCD', reaction: 'pushpin', event_ts: `${1_792_471_200 + events}.000000` },
        item: { type: 'message', channel: 'C0123ABCD', ts },
        ...more,
      },
    })
  const react = async (body: string) => (await house.tell('/slack/events', body, 'application/json')).status
  const openIncident = (title: string) => house.post('/incidents', { title, journeys: ['checkout'] })
  const written = async (key = 'INC-0001') => {
    const { lines } = await house.get<{ lines: Line[] }>(`/incidents/${key}/timeline`)
    return lines.filter(({ id }) => id.startsWith('L-'))
  }

  test('a command writes a note or a decision in the name of who typed it, and answers only them', async () => {
    await openIncident('Checkout fails')
    house.clock.now += 3_600_000
    expect(await command('log 12:52 rolled back <payments> & retried')).toEqual({
      response_type: 'ephemeral',
      text: 'Written down in INC-0001 as L-0001: rolled back &lt;payments&gt; &amp; retried',
    })
    await command('decide knew: 5xx since 12:31 | options: wait; roll back | choice: roll back | why: it is quick')
    expect((await command('decide choice: roll back')).text).toMatch(/^A decision says what was known/)
    expect((await written()).map(({ at, by, source, text }) => [at, by, source, text.en])).toEqual([
      ['2026-10-15T12:52:00+09:00', 'aoi', 'slack', 'rolled back <payments> & retried'],
      [
        ...['2026-10-15T13:00:00+09:00', 'aoi', 'slack'],
        'Decision: roll back. Known then: 5xx since 12:31. Options: wait, roll back. Because: it is quick',
      ],
    ])
    expect((await command('show')).text).toContain('• 12:52 `L-0001` aoi: rolled back &lt;payments&gt;')
    expect((await command('log 23:00 later')).text).toMatch(/^That could not be written down: /)
    expect((await command('log')).text).toMatch(/^Write `\/tabiji log/)
  })

  test('which incident is meant is told by its name, the channel’s name, or there being one only', async () => {
    expect((await command('log x')).text).toMatch(/^No incident is open/)
    await openIncident('Checkout fails')
    await openIncident('Refunds fail')
    expect((await command('log x')).text).toContain('(INC-0001, INC-0002)')
    expect((await command('log inc-2 13:00x by name')).text).toContain('INC-0002 as L-0001')
    expect((await command('log by room', { channel_name: 'inc-0001-checkout' })).text).toContain('INC-0001 as L-0001')
    expect((await command('log inc-9 x')).text).toBe('There is no incident INC-9.')
    expect([(await written('INC-0001')).length, (await written('INC-0002')).length]).toEqual([1, 1])
  })

  test('whoever has not the secret, or sends a recording again, writes nothing', async () => {
    await openIncident('Checkout fails')
    const form = 'command=%2Ftabiji&text=log+x&channel_id=C1&channel_name=ops&user_name=mallory'
    const type = 'application/x-www-form-urlencoded'
    expect((await house.tell('/slack/commands', form, type, 'another-secret-0123456789')).status).toBe(401)
    expect(
      (await house.tell('/slack/events', eventBody('reaction_added', '1792471140.000100'), type, 'x')).status,
    ).toBe(401)
    expect([
      (await house.tell('/slack/commands', form, type)).status,
      (await house.tell('/slack/commands', form, type)).status,
    ]).toEqual([200, 409])
    expect((await house.tell('/slack/commands', 'x=1', type)).status).toBe(400)
    expect(await written()).toHaveLength(1)
  })

  test('Slack is told that it has the right address', async () => {
    const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: '3eZbrw1aBm2rZgRNFdxV2595E9' })
    const answer = await house.tell('/slack/events', body, 'application/json')
    expect(await answer.json()).toEqual({ challenge: '3eZbrw1aBm2rZgRNFdxV2595E9' })
  })

  const TS = `${Math.floor(NOON / 1000) - 600}.000100`

  test('a pin takes a message over once; taken off it is struck out; set anew it is there again', async () => {
    await openIncident('Checkout fails')
    house.slack.said.push({ ts: TS, user: 'U0REN', text: `<@U0AOI> I ran DB_PASSWORD=${SECRET} &amp; it failed` })
    house.slack.names.set('U0REN', 'ren').set('U0123ABCD', '葵')
    const added = eventBody('reaction_added', TS)
    expect([await react(added), await react(added), await react(eventBody('reaction_added', TS))]).toEqual([
      200, 200, 200,
    ])
    expect((await written()).map(({ at, by, text }) => [at, by, text.en])).toEqual([
      ['2026-10-15T11:50:00+09:00', 'ren', '@someone I ran DB_PASSWORD=••• & it failed'],
    ])
    await expect
      .poll(house.whispers, PATIENCE)
      .toContainEqual(expect.stringMatching(/^Taken over into the timeline of INC-0001/))
    expect(await react(eventBody('reaction_removed', TS))).toBe(200)
    expect((await written())[0]?.struck).toMatchObject({ reason: 'the pin was taken off in Slack', by: '葵' })
    await react(eventBody('reaction_added', TS))
    expect((await written()).map(({ struck }) => struck === undefined)).toEqual([false, true])
    house.turns().checkpoint()
    for (const file of readdirSync(house.folder))
      expect(readFileSync(join(house.folder, file)).includes(SECRET)).toBe(false)
  })

  test('who wrote is nobody where Slack does not say, never an id', async () => {
    await openIncident('Checkout fails')
    house.slack.said.push({ ts: TS, user: 'U0REN', text: 'payments is down' })
    await react(eventBody('reaction_added', TS))
    expect(await written()).toMatchObject([{ source: 'slack', text: { en: 'payments is down' } }])
    expect(JSON.stringify(await written())).not.toContain('U0REN')
  })

  test('while Slack does not answer, the event is not taken and comes again', async () => {
    await openIncident('Checkout fails')
    house.slack.said.push({ ts: TS, text: 'payments is down' })
    house.slack.script.set('conversations.replies', [{ status: 500 }])
    const added = eventBody('reaction_added', TS)
    expect([await react(added), (await written()).length]).toEqual([503, 0])
    expect([await react(added), (await written()).length]).toEqual([200, 1])
  })

  test('other signs, and messages that the bot cannot see, change nothing', async () => {
    await openIncident('Checkout fails')
    expect(await react(eventBody('reaction_added', TS, { reaction: 'eyes' }))).toBe(200)
    expect(await react(JSON.stringify({ type: 'event_callback', event_id: 'E', event: { type: 'message' } }))).toBe(200)
    expect(await react(eventBody('reaction_added', TS))).toBe(200)
    await expect.poll(house.whispers, PATIENCE).toEqual([expect.stringMatching(/^That message cannot be read/)])
    expect(await written()).toEqual([])
    for (const body of ['', '{', '[]', 'null']) expect(await react(body)).toBe(400)
  })
})
