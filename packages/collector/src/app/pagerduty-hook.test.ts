import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPagerDutyHook } from '../http/hooks/pagerduty.ts'
import type { HookAnswer } from '../http/hooks.ts'
import { createHookLog } from '../store/hook-log.ts'
import { createPagerIncidents } from '../store/pager-incidents.ts'
import { openAlertDesk } from '../testing/alert-desk.ts'
import { openEpisodeDesk } from './testing/episode-desk.ts'

const KEY = 'pagerdutykeypagerdutykey'
const NEW_KEY = 'pagerdutynewpagerdutynew'
const sign = (body: string, key = KEY) => `v1=${createHmac('sha256', key).update(body).digest('hex')}`

/** A page that rings on a real store, and a hook at which PagerDuty tells what people did. */
function open(secret = KEY) {
  const desk = openEpisodeDesk()
  expect(desk.run(1)).toContain('A-0001 fired')
  const dedupKey = desk.alerts.findEpisode('A-0001')?.facts.dedupKey
  const files = openAlertDesk()
  const hook = createPagerDutyHook({
    secret: () => secret,
    acknowledging: desk.acknowledging(),
    episodeOf: (key) => desk.alerts.openEpisodes().find(({ facts }) => facts.dedupKey === key)?.id,
    incidents: createPagerIncidents(files.database),
    log: createHookLog(files.database),
    now: () => desk.clock.now,
  })
  let events = 0
  const bodyOf = (type: string, changes: object = {}) => {
    const agent = { id: 'P1', type: 'user_reference', summary: '青井', self: 'https://api.pagerduty.com/users/P1' }
    const data = { id: 'Q1', type: 'incident', status: 'acknowledged', incident_key: dedupKey, title: 'x' }
    const occurred_at = new Date(desk.clock.now).toISOString()
    const event = {
      id: `01E${++events}`,
      event_type: type,
      resource_type: 'incident',
      occurred_at,
      agent,
      client: null,
      data,
    }
    return JSON.stringify({ event: { ...event, ...changes } })
  }
  const post = (body: string, signature = sign(body)): HookAnswer => {
    const answer = hook.receive({ headers: { 'x-pagerduty-signature': signature }, body: Buffer.from(body) })
    if (answer instanceof Promise) throw new Error('Expected an answer at once')
    return answer
  }
  const state = () => desk.alerts.findEpisode('A-0001')?.episode.state
  const last = () => desk.alerts.timeline('A-0001').at(-1)
  return { desk, bodyOf, post, state, last }
}

test('who takes the incident has taken the alert, and who lets it go has not', () => {
  const { bodyOf, post, state, last } = open()
  expect(post(bodyOf('incident.acknowledged'))).toEqual({ status: 200, body: { episode: 'A-0001', state: 'acked' } })
  expect(last()).toMatchObject({ transition: 'acked', detail: { by: '青井', via: 'pagerduty' } })
  expect(post(bodyOf('incident.unacknowledged', { agent: null })).status).toBe(200)
  expect(state()).toBe('firing')
})

test('resolved by a person, what still rings is taken and not over', () => {
  const { bodyOf, post, state, last } = open()
  expect(post(bodyOf('incident.resolved')).status).toBe(200)
  expect(state()).toBe('acked')
  expect(last()).toMatchObject({ detail: { by: '青井', note: 'resolved in PagerDuty' } })
})

test('our own end that comes back says nothing new, nor does what changes nothing', () => {
  const { bodyOf, post, state } = open()
  const agent = { type: 'service_reference', summary: 'Tabiji' }
  expect(post(bodyOf('incident.resolved', { agent })).status).toBe(202)
  expect(post(bodyOf('incident.priority_updated')).status).toBe(202)
  expect(post(bodyOf('incident.annotated')).status).toBe(202)
  expect(post(bodyOf('incident.acknowledged', { data: { incident_key: 'another' } })).status).toBe(202)
  expect(post(JSON.stringify({ event: { event_type: 'pagey.ping' } })).status).toBe(202)
  expect(state()).toBe('firing')
})

test.each([
  ['incident.reassigned', 'reassigned in PagerDuty to 宮本, 夜間当番'],
  ['incident.escalated', 'escalated in PagerDuty to 宮本, 夜間当番'],
  ['incident.delegated', 'delegated in PagerDuty to 宮本, 夜間当番'],
])('%s is a line of the history and changes nothing else', (type, note) => {
  const { bodyOf, post, state, last, desk } = open()
  const dedupKey = desk.alerts.findEpisode('A-0001')?.facts.dedupKey
  const assignees = [{ id: 'P2', type: 'user_reference', summary: '宮本' }]
  const escalation_policy = { id: 'P3', type: 'escalation_policy_reference', summary: '夜間当番' }
  const data = { id: 'Q1', type: 'incident', incident_key: dedupKey, assignees, escalation_policy }
  expect(post(bodyOf(type, { data })).status).toBe(200)
  expect(last()).toMatchObject({ transition: 'noted', detail: { by: '青井', via: 'pagerduty', note } })
  expect(state()).toBe('firing')
})

test('a note names the incident only as PagerDuty does, and is found by what was told of that before', () => {
  const { bodyOf, post, last } = open()
  const incident = { id: 'Q1', type: 'incident_reference' }
  const noteOf = (content: string) => ({ data: { id: 'N1', type: 'incident_note', incident, content } })
  expect(post(bodyOf('incident.annotated', noteOf('too early'))).status).toBe(202)
  post(bodyOf('incident.priority_updated'))
  expect(post(bodyOf('incident.annotated', noteOf('戻し始めました'))).status).toBe(200)
  expect(last()).toMatchObject({ transition: 'noted', detail: { by: '青井', note: '戻し始めました' } })
  post(bodyOf('incident.annotated', noteOf('あ'.repeat(2_000))))
  expect([...(last()?.detail?.note ?? '')]).toHaveLength(500)
})

test('a repetition changes nothing', () => {
  const { bodyOf, post, state, desk } = open()
  const body = bodyOf('incident.acknowledged')
  post(body)
  desk.clock.now += 60_000
  post(bodyOf('incident.unacknowledged'))
  expect(post(body)).toEqual({ status: 200, body: { repeated: true } })
  expect(state()).toBe('firing')
})

test('a recording of long ago is refused', () => {
  const { bodyOf, post, state, desk } = open()
  const body = bodyOf('incident.acknowledged', { occurred_at: new Date(desk.clock.now - 4 * 86_400_000).toISOString() })
  expect(post(body)).toMatchObject({ status: 401, body: { error: { code: 'PAGERDUTY_STALE' } } })
  expect(state()).toBe('firing')
})

test('while keys are exchanged, either signature by either key is right', () => {
  const { bodyOf, post } = open(`${KEY}\n${NEW_KEY}`)
  for (const signature of [sign, (body: string) => sign(body, NEW_KEY)]) {
    const body = bodyOf('incident.acknowledged')
    expect(post(body, `v1=${'0'.repeat(64)}, ${signature(body)}`).status).toBe(200)
  }
})

test.each([
  ['no signature', () => ''],
  ['another key', (body: string) => sign(body, NEW_KEY)],
  ['another version', (body: string) => sign(body).replace('v1', 'v2')],
  ['another body', (body: string) => sign(`${body} `)],
  ['half a signature', (body: string) => sign(body).slice(0, 40)],
])('%s is refused, and tells no key', (_, signature) => {
  const { bodyOf, post, state } = open()
  const body = bodyOf('incident.acknowledged')
  const answer = post(body, signature(body))
  expect(answer.status).toBe(401)
  expect(JSON.stringify(answer)).not.toContain(KEY)
  expect(state()).toBe('firing')
})

test.each(['{', '[]', '"x"', '{}', '{"event":{"id":1}}', '{"event":null}'])('%s is refused as unreadable', (body) => {
  expect(open().post(body)).toMatchObject({ status: 400, body: { error: { code: 'PAGERDUTY_UNREADABLE' } } })
})
