import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { alert } from '../testing/alert.ts'
import { AROUND } from '../testing/around.ts'
import { courseView } from '../testing/course.ts'
import { standing } from '../testing/standing.ts'
import type { AlertView } from '../view/alerts.ts'
import type { CourseView } from '../view/course.ts'
import type { JourneyView } from '../view/journey.ts'
import { alertScreen } from './alert.ts'
import { journeyScreen } from './journey.ts'

const MINUTE = 60_000
const TALLY = { bad: 0, valid: 0 }
const PAIR = { level: 1, longMs: 60 * MINUTE, shortMs: 5 * MINUTE, speed: { factorMilli: 14_400 } } as const
const READING = { pair: PAIR, long: TALLY, short: TALLY, holds: false, calm: true, longBurnMilli: 0, shortBurnMilli: 0 }

function page(course: CourseView | undefined, around: Partial<Around> = {}): string {
  const view: JourneyView = {
    journey: {
      ...{ name: 'pay', title: { en: 'Pay', ja: '支払う' }, tier: 1, steps: ['charge'] },
      ...{ objectives: [standing({ pairs: [READING] })], open: { alerts: 0, incidents: 0, fixes: 0 } },
    },
    ...{ objective: 'availability', month: '2026-10', latestMonth: '2026-10' },
    ...{ work: { ms: 6 * 60 * MINUTE, own: [], dependencies: [] }, annotations: [], incidents: [], fixes: [] },
    ...(course !== undefined && { course }),
  }
  return pageOf({ ...AROUND, ...around }, (context) => journeyScreen(context, view))
}

const linksIn = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/<a href="(\/journeys\/pay[^"]*#course)"[^>]*>([^<]+)</g)].map(([, to = '', label = '']) => [
      label,
      new URL(to.replaceAll('&amp;', '&'), 'http://x').searchParams,
    ]),
  )

test('every chart says in a sentence what it shows, and has its figures behind it', () => {
  const text = page(courseView())
  expect(text.match(/<figure class="course" tabindex="0">/g)).toHaveLength(4)
  expect(text).toContain('The budget burnt at most 18.2× over 1h (09:43), 1.5× over 6h (08:03).')
  expect(text).toContain('200 of 36,000 events were bad. The most in one step were 20, at 09:43.')
  expect(text).toContain('20 of 360 steps were not read; nothing is drawn there.')
  expect(text).toContain('aria-label="36,000 events.')
  // Ninety rows of four minutes each, those that nobody read without figures.
  const rows = [...text.matchAll(/<tr data-x="\d+"[^>]*><th scope="row">([\d:]+)<\/th>(.*?)<\/tr>/g)].slice(0, 90)
  expect(rows[25]?.slice(1)).toEqual(['09:42', '<td>18.2×</td><td>1.5×</td>'])
  expect(rows[50]?.[2]).toBe('<td colspan="2">not read</td>')
})

test('in the language of its reader, and of the zone that they read in', () => {
  const text = page(courseView(), { language: 'ja', zone: 'UTC' })
  expect(text).toContain('エラーバジェットの消費速度は最大で1hで18.2×（00:43）、6hで1.5×（')
  expect(text).toContain('<h2>推移: availability</h2>')
})

test('the shortest range follows the books, the others stand still, and each is one link away', () => {
  expect(page(courseView())).toContain('<div id="course" data-live>')
  const text = page(courseView({ range: '30d' }))
  expect(text).toContain('<div id="course"><h2>')
  expect(text).toMatch(/range=30d#course" aria-current="true">Last 30d</)
  const links = linksIn(text)
  expect(links['Last 6h']?.get('range')).toBe('6h')
  expect(links['Last 3d']?.get('month')).toBe('2026-10')
})

test('without script one looks nearer, farther, earlier and later; the address says it all', () => {
  const { range: _, ...own } = courseView()
  const hour = 60 * MINUTE
  const from = own.course.from - 24 * hour
  const text = page({ ...own, course: { ...own.course, from, to: from + 6 * hour } })
  const links = linksIn(text)
  const stretch = (label: string) => {
    const stated = links[label]
    const at = (name: string) => (Date.parse(stated?.get(name) ?? '') - from) / hour
    return [at('from'), at('to'), stated?.get('range')]
  }
  expect(stretch('Nearer')).toEqual([1.5, 4.5, null])
  expect(stretch('Farther')).toEqual([-3, 9, null])
  expect(stretch('‹ Earlier')).toEqual([-3, 3, null])
  expect(stretch('Later ›')).toEqual([3, 9, null])
  // What is looked at goes along to another month or objective.
  expect(text).toMatch(/month=2026-09&amp;from=2026-[^"]*#month"/)
  expect(page(courseView())).not.toContain('Later ›')
})

test('incidents are bands with links, deployments are marks, corrections say what they leave out; all of it text', () => {
  const { course } = courseView()
  const evil = '<img src=x onerror=alert(1)>'
  const text = page(
    courseView(
      {
        incidents: [{ key: 'INC-0007', title: evil, from: course.from + MINUTE, to: course.from + 9 * MINUTE }],
        deploys: [{ at: course.from + MINUTE, title: evil }],
      },
      { excluded: [{ from: course.from, to: course.from + 30 * MINUTE }] },
    ),
  )
  expect(text).not.toContain('<img')
  expect(text.match(/class="band"/g)).toHaveLength(4)
  expect(text).toContain('<a href="/incidents/INC-0007">INC-0007 &lt;img')
  expect(text.match(/class="deploy"/g)).toHaveLength(4)
  expect(text.match(/class="left-out"/g)).toHaveLength(4)
  expect(text).toContain('left out of the budget by a correction')
})

test('nothing that is over, nothing that was read, no objective: each says so', () => {
  expect(page(courseView({}, { points: [] }))).toContain('Nothing is over yet in this stretch.')
  const unread = courseView().course.points.map((point) => ({ ...point, read: false }))
  const text = page(courseView({}, { points: unread }))
  expect(text).toContain('Burn rate <span class="under">360 of 360 steps were not read')
  expect(text).not.toContain('class="course first" d="M')
  expect(page(undefined)).not.toContain('id="course"')
})

test('what could not be asked for says so in its place', () => {
  expect(page(undefined, { failed: { course: 'E-1' } })).toContain('Course: this part could not be read.')
})

test('thirty days of hours are small on the way', () => {
  const { course } = courseView()
  const points = Array.from({ length: 720 }, (_, i) => {
    const bad = (i * 7919) % 97
    const burns = [
      { bad, valid: 1_000, burnMilli: (i * 7907) % 20_000 },
      { bad, valid: 1_000, burnMilli: (i * 6007) % 9_000 },
    ]
    const at = course.to - (719 - i) * 60 * MINUTE
    return { at, read: i % 50 !== 0, counts: [1_000 - bad, i % 40, bad, 0] as const, bad, valid: 1_000, burns }
  })
  const text = page(courseView({ range: '30d' }, { points, from: course.to - 720 * 60 * MINUTE, stepMs: 60 * MINUTE }))
  expect(gzipSync(text).length).toBeLessThan(60 * 1024)
})

function alertPage(more: Partial<AlertView> = {}, facts = {}): string {
  const objective = { name: 'availability', indicator: 'availability', targetPpm: 990_000 } as const
  const shown = alert('A-0042', {}, { objective: { ...objective, window: { kind: 'rolling', ms: 1 } }, ...facts })
  const view = { ...shown, timeline: [], notifications: [], next: [], receivers: ['chat'], similar: [], ...more }
  return pageOf(AROUND, (context) => alertScreen(context, view))
}

test('an alert shows how its rule burnt before and after it rang', () => {
  const course = courseView({ incidents: [{ key: 'A-0042', title: 'Pay', from: 0, to: Number.MAX_SAFE_INTEGER }] })
  const text = alertPage({ course })
  expect(text).toContain('Three hours before and after')
  expect(text).toContain('It rang at 13:56')
  expect(text.match(/<figure class="course"/g)).toHaveLength(2)
  expect(text).toMatch(/class="level"[^>]*\/><text[^>]*>14.4×</)
  expect(alertPage()).toContain('Nothing is over yet in this stretch.')
  expect(alertPage({}, { objective: undefined })).toContain('This rule belongs to no objective')
  // Practice is in no books.
  expect(alertPage({}, { drill: 'DRL-0001' })).not.toContain('Three hours before and after')
})
