import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { renderReport } from '../render.ts'
import { octoberFacts } from '../testing/facts.ts'

/** October with everything that surrounds incidents: what they cost, drills, quality of alerts, what lies ahead. */
function whole(): MonthFacts {
  const { incidents, alerts, ...october } = octoberFacts()
  const cost = { journey: 'measure-feet', objective: 'measure-feet/availability', bad: 1_944, valid: 40_000 }
  return {
    ...october,
    alerts: alerts.map((alert) => ({
      ...alert,
      actedOn: alert.level === 3 ? 0 : 1,
      atNight: alert.level === 1 ? 1 : 2,
    })),
    incidents: incidents.map((incident) =>
      incident.key === 'INC-0007'
        ? {
            ...incident,
            acknowledgedAt: '2026-10-20T13:09:00+09:00',
            cost: [{ ...cost, budgetPpm: 404_000 }],
            causes: [{ id: 'no-retry', text: 'The upload was tried once', bone: 'design' }],
            fixes: ['FIX-0101', 'FIX-0107'],
            postmortem: 'inReview',
            roles: { lead: 'sato' },
            absorbed: ['INC-0005', 'INC-0006'],
            absorbedAt: '2026-11-05T12:00:00+09:00',
          }
        : incident,
    ),
    definition: {
      fingerprint: 'feedfacefeedface',
      revisions: [
        {
          ...{ at: '2026-10-15T12:00:00+09:00', fingerprint: 'feedfacefeedface' },
          targets: [
            { objective: 'order/availability', beforePpm: 999_000, afterPpm: 999_500 },
            { objective: 'order/latency', beforePpm: 990_000 },
          ],
        },
      ],
    },
    silences: [{ reason: 'moving house', silences: 2, seconds: 5_400, alerts: 3 }],
    drills: {
      planned: 2,
      tierOne: { journeys: 3, practised: 1 },
      held: [
        {
          ...{ key: 'D-0003', journey: 'measure-feet', level: 1, what: 'errors of upload' },
          ...{ startedAt: '2026-10-27T14:00:00+09:00', rangMs: 90_000, toldMs: 95_000, ackedMs: 270_000 },
        },
      ],
    },
    ahead: {
      planned: [{ at: '2026-11-11T00:00:00+09:00', text: 'Sale', journeys: [] }],
      drills: [{ journey: 'order', by: '2026-12-31' }],
    },
  }
}

/** The lines of one section, without those of the next. */
function section(language: 'en' | 'ja', anchor: string, withPeople = false): string {
  const page = renderReport(whole(), { format: 'html', lang: language, withPeople })
  const [, after = ''] = page.split(`<h2 id="${anchor}">`)
  return (after.split('<h2 ')[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

test('an incident says what it cost, how it was answered and what came of it, without names unless asked', () => {
  const text = section('en', 'incidents')
  expect(text).toContain('INC-0007 2 min 5 min 40.4 % of measure-feet/availability The upload was tried once in review')
  expect(text).toContain('FIX-0101 · FIX-0107')
  expect(text).not.toContain('sato')
  expect(section('en', 'incidents', true)).toContain('lead: sato')
  expect(section('ja', 'incidents')).toContain('measure-feet/availabilityの40.4% The upload was tried once レビュー中')
})

test('what was merged after the month is said with when, and that its figures are others now', () => {
  expect(section('en', 'incidents')).toContain(
    'INC-0007 includes INC-0005 and INC-0006, merged on 2026-11-05 12:00. What this month said of them before is restated.',
  )
  expect(section('ja', 'incidents')).toContain(
    'INC-0007にはINC-0005、INC-0006が含まれます（2026-11-05 12:00に統合）。統合前に報告した当月の件数と時間は訂正しました。',
  )
})

test('times of drills stand beside those of incidents and are never among them; no mean is told', () => {
  const text = section('en', 'incidents')
  expect(text).toContain('Impact → harm stopped 2 38 min 38 min 1 h 11 min')
  expect(text).toContain('Detected → taken (level 1) 1 5 min 5 min 5 min')
  expect(text).toContain('Drill: began → rang 1 2 min 2 min 2 min')
  expect(text).toContain('Drill: rang → taken 1 3 min 3 min 3 min')
  expect(text).not.toMatch(/mean|average/i)
})

test('drills are told of those that were planned, with what was practised of tier 1', () => {
  expect(section('en', 'drills')).toContain('1 drill was held of 2 planned. Of 3 journeys of tier 1, 1 were practised')
  expect(section('ja', 'drills')).toContain('計画2回のうち訓練を1回実施しました。')
})

test('alerts are told by what came of them, by night, and by what was kept quiet', () => {
  const text = section('en', 'alerts')
  expect(text).toContain('Of 4 alerts of level 1 and 2, 2 led somebody to act. 1 page came between 22:00 and 07:00.')
  expect(text).toContain('2 · next business day 3 2 1 33 % (1 of 3) 66 % (2 of 3) 2')
  expect(text).toContain('moving house 2 1 h 30 min 3')
})

test('the next month is told by what is planned, the drills and the fixes that are due', () => {
  const text = section('en', 'ahead')
  expect(text).toContain('2026-11-11 00:00 Sale all')
  expect(text).toContain('Order 2026-12-31')
  expect(text).toContain('FIX-0107 Canary for the scanner 2026-11-20')
  expect(text).not.toContain('FIX-0104')
})

test('a changed journeys file says which targets are others', () => {
  const change = 'order/availability: 99.9 % → 99.95 % and order/latency: 99 % → none'
  expect(section('en', 'measuring')).toContain(`2026-10-15 12:00 feedfacefeedface ${change}`)
  expect(section('ja', 'measuring')).toContain('order/availability：99.9%→99.95%')
})
