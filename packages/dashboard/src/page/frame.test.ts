import { expect, test } from 'vitest'
import { missingScreen } from '../screen/missing.ts'
import { AROUND } from '../testing/around.ts'
import type { Around, Ringing } from './around.ts'
import { pageOf } from './frame.ts'

const SINCE = '2026-10-15T13:50:00+09:00'
const RINGING: Ringing = { id: 'A-0002', journey: { en: 'Pay', ja: '支払う' }, since: SINCE }
const SILENCED = { by: 'SIL-0001', reason: '<b>move</b>', until: '2026-10-15T15:00:00+09:00' }

const show = (around: Partial<Around>) =>
  pageOf({ ...AROUND, ...around }, (context) => missingScreen(context, { status: 404, path: '/', said: '' }))
const page = (ringing: Ringing, around: Partial<Around> = {}) =>
  show({ open: { alerts: 1, pages: 1, incidents: 0 }, ...around, ringing: [ringing] })

test('a page that nobody has is said aloud; one that was silenced is striped, and says by whose wish', () => {
  expect(page(RINGING)).toContain('<div class="ringing" id="ringing-A-0002" data-say="urgent">')
  expect(page({ ...RINGING, taken: 'sato' })).toContain('id="ringing-A-0002" data-say="polite"')
  const silenced = page({ ...RINGING, silenced: SILENCED })
  expect(silenced).toContain('<div class="ringing striped" id="ringing-A-0002" data-say="polite">')
  expect(silenced).toContain('Nobody was told, because of SIL-0001 (&lt;b&gt;move&lt;/b&gt;) until 2026-10-15 15:00.')
  expect(silenced).toContain('action="/do/alerts/A-0002/ack"')
  const { until: _, ...open } = SILENCED
  const japanese = page({ ...RINGING, silenced: open }, { language: 'ja' })
  expect(japanese).toContain('SIL-0001（&lt;b&gt;move&lt;/b&gt;）により通知を止めています。')
})

test('another tab sees it by the title and the shape of the icon; more than fit are counted', () => {
  const many = page(RINGING, { open: { alerts: 9, pages: 7, incidents: 0 } })
  expect(many).toContain('<title>(7!) There is no such page · Tabiji</title>')
  expect(many).toContain('href="/assets/ringing.svg"')
  expect(many).toContain('<a href="/alerts?level=1">6 more of level 1</a>')
  expect(show({})).toContain('<title>There is no such page · Tabiji</title>')
  expect(show({})).toContain('href="/assets/calm.svg"')
})

test('what was not read says since when, how long that is, of what, and what to do', () => {
  const journeys = ['Pay', '<i>', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ journey: { en: name, ja: `${name}旅` } }))
  const late = journeys.map((each, i) => ({ ...each, since: `2026-10-15T13:5${i}:00+09:00` }))
  const stale = show({ unread: late })
  expect(stale).toContain(
    'No data since 13:50 (12 min): Pay, &lt;i&gt;, c, d, e, and 2 more. What is shown is of then. Look for the cause: tabiji doctor',
  )
  expect(stale).toContain('<p class="stale" id="stale-0" data-say="polite">')
  expect(show({ unread: late.slice(0, 1), language: 'ja' })).toContain('13:50以降（12分）、データがありません：Pay旅。')
  const { dataUntil: _, ...nothing } = AROUND
  const never = pageOf({ ...nothing, unread: journeys.slice(0, 1) }, (context) =>
    missingScreen(context, { status: 404, path: '/', said: '' }),
  )
  expect(never).toContain('Nothing was ever read of: Pay.')
  expect(show({ unread: journeys.slice(0, 1) })).not.toContain('Nothing was ever read')
  expect(show({})).not.toContain('class="stale" id="stale')
})

test('who chose another zone is told which one is typed in', () => {
  expect(show({ zone: 'UTC' })).toContain(
    'Times are those of UTC. Days and months, and times that you type, are those of Asia/Tokyo.',
  )
  expect(show({})).not.toContain('Times are those of')
})

test('on a wall the way back is the only thing to press', () => {
  const wall = show({ kiosk: true, path: '/journeys?group=team&kiosk=1' })
  expect(wall).toMatch(/<html[^>]* data-kiosk>/)
  expect(wall).toContain('href="/journeys?group=team" data-key="Escape">Leave the wallboard')
  expect(show({})).not.toContain('data-kiosk')
})

test('on paper there is no way elsewhere and no script, and still what must be seen first', () => {
  const paper = show({ paper: true, sample: true })
  expect(paper).toMatch(/<html[^>]* data-paper>/)
  expect(paper).not.toMatch(/<nav|<script|Copy link|class="skip"/)
  expect(paper).toContain('SAMPLE DATA')
  expect(paper).toContain('journeys file <code>5d93736e1ef48881</code>')
})
