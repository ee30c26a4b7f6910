import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createSlackHook } from '../http/hooks/slack.ts'
import type { HookAnswer } from '../http/hooks.ts'
import { createIncidentPresses } from '../jobs/incident/incident-presses.ts'
import type { PressOutcome, PressPlace } from '../ports/slack-press.ts'
import { createHookLog } from '../store/hook-log.ts'
import { openAlertDesk } from '../testing/alert-desk.ts'
import { openWorkDesk } from '../testing/work-desk.ts'
import { openEpisodeDesk } from './testing/episode-desk.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const sign = (body: string, stamp: number | string, secret = SECRET) =>
  `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`

/** A page that rings on a real store, and the door at which Slack tells what people press. */
function open() {
  const desk = openEpisodeDesk()
  expect(desk.run(1)).toContain('A-0001 fired')
  const record = desk.alerts.findEpisode('A-0001')
  if (record === undefined) throw new Error('Expected an alert')
  const work = openWorkDesk()
  onTestFinished(work.close)
  const answers: (readonly [PressPlace, PressOutcome])[] = []
  const facts = { ...record.facts, journey: { ...record.facts.journey, name: 'measure-feet' } }
  const hook = createSlackHook({
    signingSecret: () => SECRET,
    acknowledging: desk.acknowledging(),
    work: work.work,
    presses: createIncidentPresses({ ...work, alerts: desk.alerts, via: 'slack' }),
    language: 'ja',
    findEpisode: (id) => (id === 'A-0001' ? { ...record, facts } : undefined),
    answer: (place, outcome) => answers.push([place, outcome]),
    log: createHookLog(openAlertDesk().database),
    now: () => desk.clock.now,
  })
  let presses = 0
  const bodyOf = (action: string, value = 'chat A-0001', changes: object = {}) => {
    const payload = {
      type: 'block_actions',
      user: { id: 'U0123ABCD', username: 'aoi', name: 'aoi', team_id: 'T0123ABCD' },
      container: { type: 'message', message_ts: '1792471140.000001', channel_id: 'C0123ABCD', is_ephemeral: false },
      trigger_id: `${++presses}.0.0`,
      response_url: 'https://hooks.slack.com/actions/T0/1/x',
      actions: [{ type: 'button', block_id: 'b', action_id: action, value, action_ts: '1792471141.000000' }],
      ...changes,
    }
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  }
  const seconds = () => Math.floor(desk.clock.now / 1000)
  const post = (body: string, stamp: number | string = seconds(), signature = sign(body, stamp)): HookAnswer => {
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(stamp) }
    const answer = hook.receive({ headers, body: Buffer.from(body) })
    if (answer instanceof Promise) throw new Error('Expected an answer at once')
    return answer
  }
  const state = () => desk.alerts.findEpisode('A-0001')?.episode.state
  return { desk, work: work.work, bodyOf, post, state, answers, seconds }
}

test('who presses has taken the alert, and is answered at once', () => {
  const { desk, bodyOf, post, state, answers } = open()
  expect(post(bodyOf('tabiji_acknowledge'))).toEqual({ status: 200 })
  expect(state()).toBe('acked')
  expect(desk.alerts.timeline('A-0001').at(-1)).toMatchObject({
    transition: 'acked',
    detail: { by: 'aoi', via: 'slack' },
  })
  expect(answers).toEqual([
    [
      { receiver: 'chat', channel: 'C0123ABCD', user: 'U0123ABCD' },
      { kind: 'taken', episode: 'A-0001', by: 'aoi' },
    ],
  ])
})

test('however many press, an alert has one incident', () => {
  const { work, bodyOf, post, answers } = open()
  expect([post(bodyOf('tabiji_open_incident')), post(bodyOf('tabiji_open_incident'))]).toEqual([
    { status: 200 },
    { status: 200 },
  ])
  expect(answers.map(([, outcome]) => outcome)).toEqual([
    { kind: 'opened', episode: 'A-0001', incident: 'INC-0001' },
    { kind: 'isOpen', episode: 'A-0001', incident: 'INC-0001' },
  ])
  const incidents = work.listIncidents('all')
  expect(incidents).toMatchObject([
    {
      key: 'INC-0001',
      title: expect.stringMatching(/：失敗しています$/),
      level: 1,
      journeys: ['measure-feet'],
      episodes: ['A-0001'],
    },
  ])
})

test('the incident of an alert is the one that goes on, not one that was merged into it', () => {
  const { work, bodyOf, post, answers } = open()
  const stated = { type: 'open', title: 'x', journeys: [], drill: false } as const
  work.openIncident({ ...stated, episodes: [] })
  work.openIncident({ ...stated, episodes: ['A-0001'] })
  work.mergeIncident('INC-0002', { into: 'INC-0001', reason: 'the same' })
  post(bodyOf('tabiji_open_incident'))
  expect(answers.map(([, outcome]) => outcome)).toEqual([{ kind: 'isOpen', episode: 'A-0001', incident: 'INC-0001' }])
})

test('a role is taken by who presses it, also from somebody else, and each is told what to do', () => {
  const { work, bodyOf, post, answers } = open()
  post(bodyOf('tabiji_open_incident'))
  const ken = { user: { id: 'U0456KEN', username: 'ken', name: 'ken' } }
  const inThread = { container: { type: 'message', channel_id: 'C0123ABCD', thread_ts: '1792471140.000001' } }
  expect(post(bodyOf('tabiji_role_lead', 'chat INC-0001', inThread))).toEqual({ status: 200 })
  expect(post(bodyOf('tabiji_role_lead', 'chat INC-0001', ken))).toEqual({ status: 200 })
  expect(post(bodyOf('tabiji_role_scribe', 'chat INC-0099', ken))).toEqual({ status: 200 })
  expect(answers.slice(1)).toMatchObject([
    [
      { receiver: 'chat', thread: '1792471140.000001', user: 'U0123ABCD' },
      { kind: 'hasRole', incident: 'INC-0001', role: 'lead', by: 'aoi' },
    ],
    [{ user: 'U0456KEN' }, { kind: 'hasRole', incident: 'INC-0001', role: 'lead', by: 'ken' }],
    [{ user: 'U0456KEN' }, { kind: 'unchanged', incident: 'INC-0099' }],
  ])
  const read = work.incident('INC-0001')
  expect(read.ok && read.value.incident.roles).toMatchObject({ lead: { name: 'ken' } })
})

test.each(['', 'x', 'chat INC-0001', 'chat INC-0001 1 0', 'chat INC-0001 x 0 ', 'chat INC-0001 1 0 a', 'a b c d e'])(
  'boxes of the block %j are refused',
  (block_id) => {
    const { bodyOf, post, answers } = open()
    const actions = [{ type: 'checkboxes', block_id, action_id: 'tabiji_tick_0', selected_options: [] }]
    expect(post(bodyOf('', '', { actions }))).toMatchObject({ status: 400, body: { error: { code: 'SLACK_ACTION' } } })
    expect(answers).toEqual([])
  },
)

test('an alert that nobody knows changes nothing, and who pressed is told', () => {
  const { work, bodyOf, post, answers } = open()
  for (const action of ['tabiji_acknowledge', 'tabiji_open_incident']) post(bodyOf(action, 'chat A-0099'))
  expect(answers.map(([, outcome]) => outcome)).toMatchObject([
    { kind: 'refused', episode: 'A-0099', message: expect.stringContaining('A-0099') },
    { kind: 'refused', episode: 'A-0099', message: expect.stringContaining('A-0099') },
  ])
  expect(work.listIncidents('all')).toEqual([])
})

test('an alert that is over cannot be taken', { timeout: 120_000 }, () => {
  const { desk, bodyOf, post, answers } = open()
  desk.run(120, [50, 0, 0, 0])
  desk.run(900, [50, 0, 0, 0])
  post(bodyOf('tabiji_acknowledge'))
  expect(answers.map(([, outcome]) => outcome)).toEqual([{ kind: 'over', episode: 'A-0001' }])
})

test('a button that only opens an address asks for nothing', () => {
  const { bodyOf, post, state, answers } = open()
  expect(post(bodyOf('tabiji_link_0', ''))).toEqual({ status: 200 })
  expect([state(), answers]).toEqual(['firing', []])
})

test.each([
  ['another button', 'delete_everything', 'chat A-0001'],
  ['a button without a value', 'tabiji_acknowledge', ''],
  ['a button of three words', 'tabiji_acknowledge', 'chat A-0001 now'],
])('%s is refused', (_, action, value) => {
  const { bodyOf, post, state, answers } = open()
  expect(post(bodyOf(action, value))).toMatchObject({ status: 400, body: { error: { code: 'SLACK_ACTION' } } })
  expect([state(), answers]).toEqual(['firing', []])
})

test('a request that was recorded is refused the second time, and once it is old', () => {
  const { desk, bodyOf, post, state, seconds } = open()
  const [body, stamp] = [bodyOf('tabiji_acknowledge'), seconds()]
  expect(post(body, stamp).status).toBe(200)
  desk.acknowledging().unacknowledge('A-0001', { at: desk.clock.now + 1, via: 'api' })
  expect(post(body, stamp)).toMatchObject({ status: 409, body: { error: { code: 'SLACK_REPEATED' } } })
  const other = bodyOf('tabiji_acknowledge')
  for (const age of [301, -301]) {
    const answer = post(other, seconds() - age)
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'SLACK_STALE' } } })
  }
  expect(state()).toBe('firing')
  expect(post(other, seconds() - 300).status).toBe(200)
})

test.each([
  ['no signature', () => ''],
  ['another secret', (body: string, stamp: number) => sign(body, stamp, 'another-secret-0123456789')],
  ['another version', (body: string, stamp: number) => sign(body, stamp).replace('v0', 'v1')],
  ['another body', (body: string, stamp: number) => sign(`${body}&x=1`, stamp)],
  ['another time', (body: string, stamp: number) => sign(body, stamp - 1)],
  ['half a signature', (body: string, stamp: number) => sign(body, stamp).slice(0, 40)],
])('%s is refused, and tells no secret', (_, signature) => {
  const { bodyOf, post, state, seconds } = open()
  const body = bodyOf('tabiji_acknowledge')
  const answer = post(body, seconds(), signature(body, seconds()))
  expect(answer).toMatchObject({ status: 401, body: { error: { code: 'SLACK_SIGNATURE' } } })
  expect(JSON.stringify(answer)).not.toContain(SECRET)
  expect(state()).toBe('firing')
})

test('a time that is no number is refused although it is signed', () => {
  const { bodyOf, post } = open()
  expect(post(bodyOf('tabiji_acknowledge'), 'now').status).toBe(401)
})

test('the signature is the one of Slack’s own example', () => {
  const { desk, post } = open()
  desk.clock.now = 1_531_420_618_000
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
    '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com' +
    '%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
    '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
  // It is no press of a button, which is found out behind the signature.
  expect(post(body, 1_531_420_618, signature)).toMatchObject({
    status: 400,
    body: { error: { code: 'SLACK_UNREADABLE' } },
  })
  expect(post(`${body}x`, 1_531_420_618, signature).status).toBe(401)
})

test.each([
  ['payload', () => 'payload=%7B'],
  ['payload', () => 'x=1'],
  ['payload.type', (bodyOf: ReturnType<typeof open>['bodyOf']) => bodyOf('x', 'y', { type: 'view_submission' })],
  ['payload.user', (bodyOf: ReturnType<typeof open>['bodyOf']) => bodyOf('x', 'y', { user: null })],
  ['payload.actions', (bodyOf: ReturnType<typeof open>['bodyOf']) => bodyOf('x', 'y', { actions: [] })],
])('what cannot be read is said to be at %s', (where, make) => {
  const { bodyOf, post } = open()
  expect(post(make(bodyOf))).toMatchObject({
    status: 400,
    body: { error: { code: 'SLACK_UNREADABLE', message: `Expected another value at \`${where}\`` } },
  })
})
