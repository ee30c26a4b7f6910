import type { FixEvent } from '@tabiji/core/fix'
import type { IncidentEvent } from '@tabiji/core/incident'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openWorkDesk, tokyo, type WorkDesk } from '../testing/work-desk.ts'

const OPENED: IncidentEvent = {
  type: 'opened',
  at: tokyo('2026-10-20T13:05:00'),
  by: '鈴木',
  title: 'Scans fail \u0000 \u001b[31m "quoted"',
  level: 1,
  journeys: ['measure-feet'],
  episodes: ['A-0001'],
  drill: false,
}
const RESOLVED: IncidentEvent = { type: 'resolved', at: OPENED.at + 1 }
const ADDED: FixEvent = { type: 'added', at: OPENED.at, title: 'Retry', kind: 'prevent', due: '2026-11-01' }

describe('the store of incidents and fixes', () => {
  let desk: WorkDesk
  beforeEach(() => {
    desk = openWorkDesk()
  })
  afterEach(() => desk.close())

  test('gives back every event as it was recorded, in order, after a restart', () => {
    desk.store.appendIncident('INC-0001', [OPENED, RESOLVED])
    desk.store.appendFix('FIX-0001', [ADDED])
    desk.store.appendFix('FIX-0001', [{ type: 'done', at: ADDED.at }])
    desk = desk.reopen()
    expect(desk.store.incidentHistory('INC-0001')).toEqual({ key: 'INC-0001', events: [OPENED, RESOLVED] })
    expect(desk.store.fixHistory('FIX-0001').events).toEqual([ADDED, { type: 'done', at: ADDED.at }])
  })

  test('tells no history that was taken back, though others have its numbers since', () => {
    desk.store.appendIncident('INC-0001', [OPENED])
    expect(desk.store.incidentHistories()).toEqual([{ key: 'INC-0001', events: [OPENED] }])
    const cut = () => {
      desk.store.appendIncident('INC-0001', [RESOLVED])
      expect(desk.store.incidentHistories()[0]?.events).toEqual([OPENED, RESOLVED])
      throw new Error('cut short')
    }
    expect(() => desk.store.transact(cut)).toThrow('cut short')
    expect(desk.store.incidentHistories()[0]?.events).toEqual([OPENED])
    desk.store.appendIncident('INC-0002', [OPENED])
    expect(desk.store.incidentHistories().map(({ key, events }) => [key, events.length])).toEqual([
      ['INC-0001', 1],
      ['INC-0002', 1],
    ])
  })

  test('knows nothing of a key that was never used', () => {
    expect(desk.store.incidentHistory('INC-0001').events).toEqual([])
    expect(desk.store.fixHistories()).toEqual([])
  })

  test('numbers on from the highest key, also past the padding', () => {
    expect([desk.store.nextIncidentKey(), desk.store.nextFixKey()]).toEqual(['INC-0001', 'FIX-0001'])
    desk.store.appendFix('FIX-9999', [ADDED])
    expect(desk.store.nextFixKey()).toBe('FIX-10000')
    desk.store.appendFix('FIX-10000', [ADDED])
    expect(desk.store.nextFixKey()).toBe('FIX-10001')
    expect(desk.store.nextIncidentKey()).toBe('INC-0001')
  })

  test('lists histories in the order in which they began, their events mixed or not', () => {
    desk.store.appendFix('FIX-9999', [ADDED])
    desk.store.appendFix('FIX-10000', [ADDED])
    desk.store.appendFix('FIX-9999', [{ type: 'done', at: ADDED.at }])
    expect(desk.store.fixHistories().map(({ key, events }) => [key, events.length])).toEqual([
      ['FIX-9999', 2],
      ['FIX-10000', 1],
    ])
  })

  test('keeps both of two appends in one transaction, or none', () => {
    const both = (fail: boolean) =>
      desk.store.transact(() => {
        desk.store.appendIncident('INC-0001', [OPENED])
        desk.store.appendFix('FIX-0001', [ADDED])
        if (fail) throw new Error('the disk is full')
      })
    expect(() => both(true)).toThrow('the disk is full')
    expect([desk.store.incidentHistories(), desk.store.fixHistories()]).toEqual([[], []])
    both(false)
    desk = desk.reopen()
    expect([desk.store.incidentHistories().length, desk.store.fixHistories().length]).toEqual([1, 1])
  })

  test('tells the same as a store that reads all of it, whatever was taken back in between and whenever somebody looked', () => {
    const step = fc.record({
      keys: fc.array(fc.constantFrom('INC-0001', 'INC-0002', 'INC-0003'), { maxLength: 4 }),
      isTakenBack: fc.boolean(),
      looksWithin: fc.boolean(),
      looksAfter: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        desk.close()
        desk = openWorkDesk()
        const expected = new Map<string, IncidentEvent[]>()
        const told = () => desk.store.incidentHistories().map(({ key, events }) => [key, events])
        steps.forEach(({ keys, isTakenBack, looksWithin, looksAfter }, at) => {
          const events = keys.map((key, i) => [key, { type: 'resolved', at: at * 10 + i } as const] as const)
          const run = () =>
            desk.store.transact(() => {
              for (const [key, event] of events) desk.store.appendIncident(key, [event])
              if (looksWithin) desk.store.incidentHistories()
              if (isTakenBack) throw new Error('taken back')
            })
          if (isTakenBack) expect(run).toThrow('taken back')
          else {
            run()
            for (const [key, event] of events) expected.set(key, [...(expected.get(key) ?? []), event])
          }
          if (looksAfter) expect(told()).toEqual([...expected])
        })
        for (const [key, events] of expected) expect(desk.store.incidentHistory(key).events).toEqual(events)
        expect(told()).toEqual([...expected])
      }),
      { numRuns: 30 },
    )
  })

  test('a history to which nothing was appended is the same one again', () => {
    desk.store.appendIncident('INC-0001', [OPENED])
    desk.store.appendIncident('INC-0002', [OPENED])
    const [first, second] = ['INC-0001', 'INC-0002'].map((key) => desk.store.incidentHistory(key))
    desk.store.appendIncident('INC-0002', [RESOLVED])
    expect(desk.store.incidentHistory('INC-0001')).toBe(first)
    expect(desk.store.incidentHistory('INC-0002')).not.toBe(second)
  })
})
