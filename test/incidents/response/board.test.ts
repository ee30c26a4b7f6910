import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRST_TS, openSlackHouse, PATIENCE } from '../testing/slack-house.ts'

const KEN = { id: 'U0456KEN', name: 'ken' }
const BOARD_TS = '1792471140.000002'

type Item = { readonly id: string; readonly ticked: boolean; readonly by?: string; readonly via?: string }

/** One incident in its thread, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('an incident in the thread of its alert', () => {
  let house: Awaited<ReturnType<typeof openSlackHouse>>
  beforeAll(async () => {
    house = await openSlackHouse()
  })
  afterAll(async () => {
    expect(house.slack.faults).toEqual([])
    await house.close()
  })
  const board = () => JSON.stringify(house.slack.messages.get(BOARD_TS))
  const edits = () => house.slack.calls.filter(({ method, ts }) => method === 'chat.update' && ts === BOARD_TS)
  const items = async () => (await house.get<{ items: Item[] }>('/incidents/INC-0001/checklist')).items
  const item = async (id: string) => (await items()).find((one) => one.id === id)

  test('stands there once the alert was told, with its roles, its impact and its list', async () => {
    await house.pass(2, 100)
    expect(house.slack.calls.map(({ method, thread_ts }) => [method, thread_ts])).toEqual([
      ['chat.postMessage', undefined],
      ['chat.postMessage', FIRST_TS],
    ])
    expect(board()).toContain('INC-0001 · 🔎 investigating · Check out')
    expect(board()).toContain('First response: 1 of 9 done')
    expect(board()).toMatch(/Check out availability\*\\n100\.00 % bad \((\d+) of \1\), [\d,.]+ % of the budget/)
  })

  test('a role is taken in one step, and who takes it is told in private what to do', async () => {
    expect(await house.press('tabiji_role_lead')).toBe(200)
    await expect.poll(house.whispers, PATIENCE).toHaveLength(1)
    const [guide = ''] = house.whispers()
    expect(guide).toMatch(/^Lead of INC-0001: that is you now, aoi\.\n1\. You decide and others do\./)
    expect(guide.split('\n')).toHaveLength(5)
    expect(house.slack.calls.at(-1)).toMatchObject({ method: 'chat.postEphemeral', thread_ts: FIRST_TS })
    await house.settle()
    expect(board()).toContain('*Lead*\\naoi')
    // Pressed again it is no mistake: the guide is read once more.
    expect(await house.press('tabiji_role_lead')).toBe(200)
    await expect.poll(house.whispers, PATIENCE).toHaveLength(2)
  })

  test('a box is ticked by who pressed it, and others see it wherever it was ticked', async () => {
    await house.toggle('report', KEN)
    await house.post('/incidents/INC-0001/tick', { item: 'place', by: 'mio', via: 'cli' })
    expect(await item('report')).toMatchObject({ ticked: true, by: 'ken', via: 'slack' })
    await house.settle()
    const { element } = house.find('tabiji_tick_0')
    // Whoever leads has seen the alert.
    expect(element.initial_options?.map(({ value }) => value)).toEqual(['take', 'place', 'report', 'journeys'])
    expect(board()).toContain('done by mio')
    await house.toggle('report', KEN)
    expect(await item('report')).toMatchObject({ ticked: false })
  })

  test('who pressed an old message changes what they changed there, and nothing that others did since', async () => {
    await house.settle()
    const old = house.find('tabiji_tick_0')
    await house.post('/incidents/INC-0001/tick', { item: 'report', by: 'mio' })
    await house.post('/incidents/INC-0001/untick', { item: 'place', by: 'mio' })
    await house.settle()
    expect(await house.send(old, KEN, ['take', 'place', 'journeys', 'help'])).toBe(200)
    const ticked = (await items()).filter((one) => one.ticked).map(({ id }) => id)
    expect(ticked).toEqual(['take', 'report', 'journeys', 'help'])
  })

  test('a box that is pressed twice before the message was edited is as it was', async () => {
    await house.settle()
    const shown = house.find('tabiji_tick_0')
    const ticked = (shown.element.initial_options ?? []).map(({ value }) => value)
    await house.send(shown, KEN, [...ticked, 'stop-bleeding'])
    expect(await item('stop-bleeding')).toMatchObject({ ticked: true })
    house.clock.now += 1_000
    await house.send(shown, KEN, ticked)
    expect(await item('stop-bleeding')).toMatchObject({ ticked: false })
  })

  test('nobody else’s name, no recording and no other message changes anything', async () => {
    const shown = house.find('tabiji_tick_0')
    const strange = { ...shown, block_id: 'bot INC-0099 3 0 ' }
    expect(await house.send(strange, KEN, ['take'])).toBe(200)
    await expect.poll(() => house.whispers().at(-1), PATIENCE).toMatch(/^Nothing was done about INC-0099/)
    for (const block_id of ['x', 'bot INC-0001 3 0', 'bot INC-0001 -1 0 ', '']) {
      expect(await house.send({ ...shown, block_id }, KEN, ['take'])).toBe(400)
    }
    expect(await house.send({ ...shown, element: { ...shown.element, action_id: 'tabiji_role_boss' } }, KEN)).toBe(400)
  })

  test('what it costs is edited at its pace, and a Slack that was down shows the last of many changes', async () => {
    await house.settle()
    const before = edits().length
    await house.pass(6, 50)
    const paced = edits().length - before
    expect([paced >= 2, paced <= 4]).toEqual([true, true])
    house.slack.script.set('chat.update', Array(3).fill({ status: 503 }))
    for (const id of ['lead', 'place', 'changes', 'stop-bleeding']) {
      await house.post('/incidents/INC-0001/tick', { item: id, by: 'aoi' })
      await house.settle()
    }
    house.clock.now += 10 * 60_000
    await house.settle()
    for (const id of ['lead', 'place', 'changes', 'stop-bleeding']) {
      expect(house.find('tabiji_tick_0').element.initial_options).toContainEqual(expect.objectContaining({ value: id }))
    }
  })

  test('a handover is told in the thread with what is open, and the message goes on after a restart', async () => {
    await house.post('/incidents/INC-0001/handover', {
      role: 'lead',
      to: 'ren',
      note: 'The pool is too small',
      by: 'aoi',
    })
    await house.restart()
    await house.settle()
    const told = house.slack.calls.filter(({ text }) => text.includes('🤝'))
    expect(told).toMatchObject([{ thread_ts: FIRST_TS, text: expect.stringContaining('Lead goes from aoi to ren') }])
    expect(JSON.stringify(told[0]?.blocks)).toContain('Who tells others?')
    expect(board()).toContain('*Lead*\\nren')
    expect(house.slack.messages.size).toBeLessThanOrEqual(4)
  })

  test('it ends with the incident, without buttons, and comes back with it', async () => {
    await house.post('/incidents/INC-0001/resolve', { by: 'aoi' })
    await house.settle()
    expect(board()).toContain('✔ RESOLVED')
    expect(board()).toContain('☑ Say that you lead – done by aoi')
    expect(board()).not.toContain('action_id')
    await house.post('/incidents/INC-0001/reopen', { reason: 'It fails again', by: 'aoi' })
    await house.settle()
    expect(board()).toContain('tabiji_role_comms')
  })
})
