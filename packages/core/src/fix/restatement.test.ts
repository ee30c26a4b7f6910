import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthRange } from '../time/index.ts'
import type { FixEvent, FixHistory } from './event.ts'
import { FLOW_FIGURES } from './flow.ts'
import { fixMonth } from './month.ts'
import { onTimeByPresentDate } from './promise.ts'
import { restatementsOf } from './restatement.ts'
import { END, instant, MONTHS, world, ZONE } from './testing/world.ts'

const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
const fix = (...rest: FixEvent[]): FixHistory => ({
  key: 'FIX-1',
  events: [{ type: 'added', at: at('2026-10-02'), title: 'Retry', kind: 'prevent', due: '2026-10-20' }, ...rest],
})
const restated = (month: string, history: FixHistory, asOf = '2026-12-01') =>
  restatementsOf([history], month, ZONE, at(asOf)).map(({ figure, was, is }) => [figure, was, is])

describe('a month that is over', () => {
  const reopened: FixEvent = { type: 'reopened', at: at('2026-11-10'), reason: 'it is back', incident: 'INC-2' }
  const done: FixEvent = { type: 'done', at: at('2026-10-18') }

  test('is restated by what came back within 30 days, with the reason', () => {
    const [first, ...rest] = restatementsOf([fix(done, reopened)], '2026-10', ZONE, at('2026-12-01'))
    expect(first).toEqual({
      figure: 'onTime',
      was: { numerator: 1, denominator: 1 },
      is: { numerator: 0, denominator: 1 },
      because: [
        {
          ...{ fix: 'FIX-1', title: 'Retry', type: 'reopened', recordedAt: '2026-11-10T12:00:00+09:00' },
          ...{ reason: 'it is back', incident: 'INC-2' },
        },
      ],
    })
    // By the date that was agreed last it is the same; what stood where at the end of October has not changed.
    expect(rest.map(({ figure }) => figure)).toEqual(['byPresentDate'])
    expect(restated('2026-10', fix(done, reopened), '2026-11-09')).toEqual([])
  })

  test('is restated by what was learnt late, and so is the start of the month after it', () => {
    const late: FixEvent = { type: 'done', at: at('2026-11-02'), happenedAt: at('2026-10-18') }
    const [end] = restatementsOf([fix(late)], '2026-10', ZONE, at('2026-12-01')).filter(
      ({ figure }) => figure === 'openAtEnd',
    )
    expect(end).toMatchObject({ was: 1, is: 0, because: [{ type: 'done', tookEffect: '2026-10-18T12:00:00+09:00' }] })
    expect(restated('2026-11', fix(late))).toEqual([['openAtStart', 1, 0]])
  })

  test('is explained without what was undone again', () => {
    const other = { ...fix(done), key: 'FIX-2' }
    const late: FixHistory = {
      key: 'FIX-3',
      events: other.events.map((event) => ({ ...event, at: at('2026-11-02'), happenedAt: event.at })),
    }
    const open: FixHistory = { key: 'FIX-4', events: late.events.slice(0, 1) }
    const [start] = restatementsOf([other, late, open], '2026-11', ZONE, at('2026-12-01'))
    expect(start).toMatchObject({ figure: 'openAtStart', was: 0, is: 1, because: [{ fix: 'FIX-4', type: 'added' }] })
  })

  test('stays what it was when a later event changes what is later', () => {
    expect(restated('2026-10', fix({ type: 'done', at: at('2026-11-02') }))).toEqual([])
    expect(restated('2026-10', fix(done, { type: 'retitled', at: at('2026-11-02'), title: 'x' }))).toEqual([])
  })
})

describe('for every history and every month', () => {
  const known = (logs: readonly FixHistory[], end: number) =>
    logs
      .map(({ key, events }) => ({ key, events: events.filter((event) => event.at < end) }))
      .filter(({ events }) => events.length > 0)

  test('a restatement leads from what the month printed when it ended to what it prints now', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...MONTHS), instant, (logs, month, sometime) => {
        const { from, to } = monthRange(month, ZONE)
        const asOf = Math.max(sometime, to)
        const found = restatementsOf(logs, month, ZONE, asOf)
        const then = fixMonth(known(logs, to), month, ZONE, to)
        const start = fixMonth(known(logs, from), month, ZONE, from).flow.openAtStart
        const now = fixMonth(known(logs, asOf + 1), month, ZONE, asOf)
        const byPresentDate = {
          was: onTimeByPresentDate(known(logs, to), month, ZONE, to),
          is: onTimeByPresentDate(known(logs, asOf + 1), month, ZONE, asOf),
        }
        const expected = [
          { figure: 'onTime', was: then.onTime.share, is: now.onTime.share },
          { figure: 'byPresentDate', ...byPresentDate },
          ...FLOW_FIGURES.map((figure) => ({
            figure,
            was: figure === 'openAtStart' ? start : then.flow[figure],
            is: now.flow[figure],
          })),
        ].filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
        expect(found.map(({ figure, was, is }) => ({ figure, was, is }))).toEqual(expected)
        for (const { because } of found) expect(because.length).toBeGreaterThan(0)
      }),
    )
  })

  test('a month goes on from the printed end of the one before it and the restatements that it prints', () => {
    fc.assert(
      fc.property(world, (logs) => {
        for (const [i, month] of MONTHS.slice(1).entries()) {
          const before = MONTHS[i] ?? month
          const { to } = monthRange(before, ZONE)
          const printed = fixMonth(known(logs, to), before, ZONE, to).flow.openAtEnd
          const { flow } = fixMonth(logs, month, ZONE, END)
          const start = restatementsOf(logs, month, ZONE, END).find(({ figure }) => figure === 'openAtStart')
          expect([printed, flow.openAtStart]).toEqual([start?.was ?? flow.openAtStart, start?.is ?? printed])
        }
      }),
    )
  })
})
