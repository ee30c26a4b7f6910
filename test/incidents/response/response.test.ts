import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRST_TS, openSlackHouse } from '../testing/slack-house.ts'

type Item = {
  readonly id: string
  readonly text: { readonly en: string }
  readonly ticked: boolean
  readonly by?: string
  readonly via?: string
}

type Impact = { readonly journeys: readonly { readonly bad: number; readonly valid: number }[] }

/** The first response to one page, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('the first response to a page', () => {
  let house: Awaited<ReturnType<typeof openSlackHouse>>
  let key = ''
  beforeAll(async () => {
    house = await openSlackHouse()
  })
  afterAll(() => house.close())

  const items = async () => (await house.get<{ items: readonly Item[] }>(`/incidents/${key}/checklist`)).items
  const reminders = () => house.slack.calls.filter(({ text }) => text.includes('the next update is due'))

  test('brings the checklist of its level, which ticks itself from the record', async () => {
    await house.pass(2, 100)
    const { incidents } = await house.get<{ incidents: { key: string }[] }>('/incidents')
    key = incidents[0]?.key ?? ''
    // The page itself brings the incident along, and what to do first; what ticked itself is not among it.
    const [first] = await items()
    expect(JSON.stringify(house.slack.calls[0]?.blocks)).toContain(`Incident: ${key}. Do first: 1. ${first?.text.en}`)
    expect((await items()).filter(({ ticked }) => ticked)).toMatchObject([{ id: 'journeys', via: 'record' }])
    await house.post('/alerts/A-0001/ack', { by: 'aoi' })
    expect((await items())[0]).toMatchObject({ id: 'take', ticked: true, by: 'aoi', via: 'record' })
  })

  test('is ticked by anybody, and a restart forgets nothing', async () => {
    const { status } = await house.post(`/incidents/${key}/tick`, { item: 'stop-bleeding', by: 'ken', via: 'api' })
    expect(status).toBe(200)
    expect((await house.post(`/incidents/${key}/tick`, { item: 'stop-bleding' })).status).toBe(422)
    await house.restart()
    const ticked = (await items()).find(({ id }) => id === 'stop-bleeding')
    expect(ticked).toMatchObject({ ticked: true, by: 'ken', via: 'api' })
  })

  test('is asked for the next update once, in the thread of the alert, with a draft in both languages', async () => {
    await house.post(`/incidents/${key}/role`, { role: 'comms', name: 'ken' })
    for (let half = 0; half < 80 && reminders().length === 0; half++) await house.pass(0.5, 50)
    const impact = await house.get<Impact>(`/incidents/${key}/impact`)
    expect(reminders()).toMatchObject([{ channel: 'C0123ABCD', thread_ts: FIRST_TS, reply_broadcast: true }])
    const shown = JSON.stringify(reminders()[0]?.blocks)
    expect(shown).toContain('ken, people wait for your word.')
    // The numbers of the draft are those of the books at that moment.
    const { bad, valid } = impact.journeys[0] ?? { bad: 0, valid: 0 }
    expect(bad).toBeGreaterThan(1_000)
    const [some, all] = [bad.toLocaleString('en'), valid.toLocaleString('en')]
    expect(shown).toContain(`${some} of ${all} requests so far`)
    expect(shown).toContain(`「購入」(これまでに${all}件中${some}件、`)
    await house.restart()
    await house.pass(5, 50)
    expect([reminders().length, house.slack.faults]).toEqual([1, []])
  })

  test('is asked again when the time that was promised is over, and not after the end', async () => {
    await house.post(`/incidents/${key}/update`, { text: 'We roll back.', next: '5m', by: 'ken' })
    await house.pass(4, 50)
    expect(reminders()).toHaveLength(1)
    await house.pass(2, 50)
    expect(reminders()).toHaveLength(2)
    await house.post(`/incidents/${key}/update`, { text: 'It works again.', next: '5m', by: 'ken' })
    await house.post(`/incidents/${key}/resolve`, { by: 'ken' })
    await house.pass(6, 0)
    expect(reminders()).toHaveLength(2)
  })
})
