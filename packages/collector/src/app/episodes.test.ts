import { describe, expect, test } from 'vitest'
import { MINUTE } from '../jobs/testing/books.ts'
import { openEpisodeDesk } from './testing/episode-desk.ts'

const GOOD = [100, 0, 0, 0]
/** Burns twice as fast as sustainable: a ticket, no page. */
const SLIGHT = [98, 0, 2, 0]
const said = (at: number, by = 'aoi') => ({ by, at, via: 'api' })

/** A desk at which `A-0001` is a page that has just begun. */
function withPage(stated: Parameters<typeof openEpisodeDesk>[0] = {}) {
  const desk = openEpisodeDesk(stated)
  expect(desk.run(1)).toContain('A-0001 fired')
  expect(desk.alerts.findEpisode('A-0001')?.level).toBe(1)
  return desk
}

describe('a page that nobody takes', () => {
  test('goes to the fallback after 5 minutes, to the second after 15, and is said again to all after 30', () => {
    const desk = withPage()
    desk.run(3)
    expect(desk.reminders('A-0001')).toEqual([])
    desk.run(2)
    expect(desk.owed('A-0001')).toEqual(['pager trigger waiting', 'fallback reminder waiting'])
    desk.run(10)
    expect(desk.owed('A-0001').slice(2)).toEqual(['second reminder waiting'])
    desk.run(15)
    const last = desk.reminders('A-0001').slice(2)
    expect(last.map(({ receiver }) => receiver)).toEqual(['pager', 'fallback', 'second'])
    expect(last[0]?.facts).toMatchObject({
      unanswered: { reason: 'unanswered', told: ['pager', 'fallback', 'second'] },
      cause: { kind: 'burn' },
    })
  })

  test('says who was told before', () => {
    const desk = withPage()
    desk.run(16)
    const [first, second] = desk.reminders('A-0001')
    expect([first?.facts, second?.facts]).toMatchObject([
      { unanswered: { told: ['pager'] } },
      { unanswered: { told: ['pager', 'fallback'] } },
    ])
  })

  test('is said again only as often as stated', () => {
    const desk = withPage({ escalation: [], reminders: { everyMs: 5 * MINUTE, atMost: 2 } })
    desk.run(40)
    expect(desk.reminders('A-0001').map(({ createdAt }) => createdAt)).toHaveLength(2)
  })

  test('and resolves leaves no reminder to be sent, and whoever was reminded hears the end', () => {
    const desk = withPage()
    desk.run(6)
    const [reminder] = desk.reminders('A-0001')
    desk.alerts.beginAttempt(reminder?.id ?? '')
    desk.run(100, GOOD)
    expect(desk.alerts.findEpisode('A-0001')?.episode.state).not.toBe('firing')
    const owed = desk.owed('A-0001')
    expect(owed).toContain('fallback resolve waiting')
    expect(owed.filter((row) => row.includes('reminder waiting'))).toEqual([])
    expect(desk.alerts.dueTimers(Number.MAX_SAFE_INTEGER).filter(({ episode }) => episode === 'A-0001')).toEqual([])
  })

  test('is told of once after a night without us, with how late that is', () => {
    const desk = withPage()
    desk.restart(480)
    desk.evaluate()
    const reminders = desk.reminders('A-0001')
    expect(reminders.map(({ receiver }) => receiver)).toEqual(['fallback', 'second', 'pager'])
    expect(reminders[0]?.facts).toMatchObject({ unanswered: { lateMs: 475.75 * MINUTE } })
    desk.evaluate()
    expect(desk.reminders('A-0001')).toHaveLength(3)
  })

  test('says since when its data could not be read', () => {
    const desk = withPage()
    desk.runBlind(16)
    expect(desk.reminders('A-0001').at(-1)?.facts).toMatchObject({ unreadSince: expect.any(Number) })
  })
})

describe('an alert that somebody takes', () => {
  test('is asked about no more; what was not sent yet is not', () => {
    const desk = withPage()
    desk.run(6)
    const taken = desk.acknowledging().acknowledge('A-0001', { ...said(desk.clock.now), note: 'rolling back' })
    expect(taken).toMatchObject({ ok: true, value: { episode: { state: 'acked' } } })
    expect(desk.owed('A-0001')).toEqual(['pager trigger waiting', 'fallback reminder cancelled'])
    expect(desk.reminders('A-0001')[0]?.lastError).toBe('aoi has taken it')
    desk.run(40)
    expect(desk.reminders('A-0001')).toHaveLength(1)
    expect(desk.alerts.timeline('A-0001').at(-1)).toMatchObject({
      transition: 'acked',
      detail: { by: 'aoi', via: 'api', note: 'rolling back', until: expect.any(Number) },
    })
  })

  test('is nobody’s after an hour, also over a restart, and everybody hears of it', () => {
    const desk = withPage()
    desk.acknowledging().acknowledge('A-0001', said(desk.clock.now))
    desk.restart(59)
    desk.evaluate()
    expect(desk.alerts.findEpisode('A-0001')?.episode.state).toBe('acked')
    desk.restart(3)
    expect(desk.evaluate()).toContain('A-0001 ack_expired')
    const [reminder] = desk.reminders('A-0001')
    expect(reminder?.facts).toMatchObject({ unanswered: { reason: 'ack_expired', by: 'aoi', lateMs: 2 * MINUTE } })
    desk.restart(6)
    desk.evaluate()
    expect(desk.reminders('A-0001').map(({ receiver }) => receiver)).toEqual(['pager', 'fallback'])
  })

  test('resolves all the same, and comes back as nobody’s', () => {
    const desk = withPage()
    desk.acknowledging().acknowledge('A-0001', { ...said(desk.clock.now), until: desk.clock.now + 600 * MINUTE })
    expect(desk.run(100, GOOD)).toContain('A-0001 resolved')
    const end = desk.alerts.outboxOf('A-0001').find(({ kind }) => kind === 'resolve')
    expect(end?.facts).toMatchObject({ takenBy: 'aoi' })
    expect(desk.run(5, [0, 0, 300, 0]).some((line) => line.endsWith('fired') || line.endsWith('reopened'))).toBe(true)
    expect(desk.alerts.openEpisodes().filter(({ episode }) => episode.ack !== undefined)).toEqual([])
  })

  test('twice changes nothing and is no mistake', () => {
    const desk = withPage()
    const at = desk.clock.now
    desk.acknowledging().acknowledge('A-0001', said(at))
    const lines = desk.alerts.timeline('A-0001').length
    expect(desk.acknowledging().acknowledge('A-0001', said(at)).ok).toBe(true)
    expect(desk.alerts.timeline('A-0001')).toHaveLength(lines)
  })

  test('is given back, and asked about anew', () => {
    const desk = withPage()
    desk.acknowledging().acknowledge('A-0001', said(desk.clock.now))
    desk.run(10)
    desk.acknowledging().unacknowledge('A-0001', said(desk.clock.now, 'ren'))
    desk.run(4)
    expect(desk.reminders('A-0001')).toEqual([])
    desk.run(2)
    expect(desk.reminders('A-0001').map(({ receiver }) => receiver)).toEqual(['fallback'])
  })

  test.each<[string, { readonly until?: number }, string]>([
    ['A-9999', {}, 'ALERT_UNKNOWN'],
    ['A-0001', { until: -MINUTE }, 'ALERT_ACK_TIME'],
    ['A-0001', { until: 8 * 24 * 60 * MINUTE }, 'ALERT_ACK_TIME'],
  ])('%s %j is refused', (id, { until }, code) => {
    const desk = withPage()
    const { now } = desk.clock
    const asked = until === undefined ? said(now) : { ...said(now), until: now + until }
    expect(desk.acknowledging().acknowledge(id, asked)).toMatchObject({ ok: false, problems: [{ code }] })
  })

  test('and is over is refused', () => {
    const desk = withPage()
    desk.run(100, GOOD)
    const refused = desk.acknowledging().acknowledge('A-0001', said(desk.clock.now))
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'ALERT_OVER' }] })
  })
})

describe('a ticket', () => {
  /** A ticket of Thursday afternoon, which nobody has been told of yet. */
  function withTicket() {
    const desk = openEpisodeDesk()
    expect(desk.run(20, SLIGHT)).toEqual(['A-0001 fired'])
    expect(desk.alerts.findEpisode('A-0001')?.level).toBe(2)
    return desk
  }

  test('is taken until the desk opens on the next business day', () => {
    const desk = withTicket()
    desk.acknowledging().acknowledge('A-0001', said(desk.clock.now))
    const { ack } = desk.alerts.findEpisode('A-0001')?.episode ?? {}
    expect(new Date(ack?.until ?? 0).toISOString()).toBe('2026-10-16T01:00:00.000Z')
  })

  test('that becomes a page is nobody’s any more, and the digest will say so', () => {
    const desk = withTicket()
    desk.acknowledging().acknowledge('A-0001', said(desk.clock.now))
    const told = desk.run(10, [0, 0, 100, 0])
    expect(told).toEqual(['A-0002 fired', 'A-0001 unacked', 'A-0001 raised', 'A-0002 raised'])
    expect(desk.owed('A-0001')).toEqual(['chat trigger digest'])
    expect(desk.alerts.timeline('A-0001').at(-1)?.detail).toEqual({ other: 'A-0002' })
    expect(desk.alerts.timeline('A-0002').at(-1)?.detail).toEqual({ other: 'A-0001' })
  })

  test('is still owed when its page is over before it, and the end of the page says so', () => {
    const desk = withTicket()
    desk.run(10, [0, 0, 100, 0])
    const told = desk.run(60, [99, 0, 1, 0])
    expect(told.slice(0, 3)).toEqual(['A-0002 resolved', 'A-0001 lowered', 'A-0002 lowered'])
    expect(desk.owed('A-0001')).toEqual(['chat trigger digest'])
    const end = desk.alerts.outboxOf('A-0002').find(({ kind }) => kind === 'resolve')
    expect(end?.facts).toMatchObject({ remains: { episode: 'A-0001', level: 2 } })
  })

  test('that was told before it became a page is not told again', () => {
    const desk = withTicket()
    desk.alerts.beginAttempt(desk.alerts.outboxOf('A-0001')[0]?.id ?? '')
    desk.run(10, [0, 0, 100, 0])
    desk.run(90, [99, 0, 1, 0])
    expect(desk.owed('A-0001')).toEqual(['chat trigger sending'])
  })

  test('should be planned when it is open three business days after it was told', () => {
    const desk = withTicket()
    const opening = Date.parse('2026-10-21T10:00:00+09:00')
    desk.restart((opening - 1 - desk.clock.now) / MINUTE)
    desk.evaluate()
    expect(desk.reminders('A-0001')).toEqual([])
    desk.restart(1)
    desk.evaluate()
    expect(desk.reminders('A-0001').map(({ facts }) => facts)).toMatchObject([{ unanswered: { reason: 'ticket' } }])
    desk.restart(24 * 60)
    desk.evaluate()
    expect(desk.reminders('A-0001')).toHaveLength(1)
  })
})

describe('an alert that comes and goes', () => {
  test('is told of each time until the third return, once more then, and not before it has been quiet for long', () => {
    const desk = openEpisodeDesk({ escalation: [], reminders: { everyMs: MINUTE, atMost: 0 } })
    const told: string[] = []
    for (let round = 0; round < 8; round++) {
      told.push(...desk.run(2, [0, 0, 400, 0]), ...desk.run(18, [300, 0, 0, 0]))
    }
    const page = desk.alerts.openEpisodes().find(({ level }) => level === 1)
    const lines = told
      .filter((line) => line.startsWith(page?.id ?? ''))
      .map((line) => line.split(' ')[1] ?? '')
      .filter((line) => !['raised', 'lowered'].includes(line))
    expect(lines.slice(0, 7)).toEqual(['fired', 'resolved', 'reopened', 'resolved', 'reopened', 'resolved', 'reopened'])
    expect(lines.slice(7)).toEqual(['flapping'])
    const triggers = desk.alerts.outboxOf(page?.id ?? '').filter(({ kind }) => kind === 'trigger')
    expect(triggers.map(({ facts }) => 'flapping' in facts && facts.flapping)).toEqual([
      ...[false, false, false],
      { reopenings: 3, quietMs: 30 * MINUTE },
    ])
    expect(desk.run(60, GOOD)).toContain(`${page?.id} resolved`)
  })
})
