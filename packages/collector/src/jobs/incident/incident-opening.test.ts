import { describe, expect, onTestFinished, test } from 'vitest'
import type { IncidentDetails } from '../../ports/work.ts'
import { openIncidentDesk } from '../testing/incident-desk.ts'

const MINUTE = 60_000
const BAD = { pay: [50, 0, 50, 0] }
const GOOD = { pay: [100, 0, 0, 0] }

const desk = (rules?: Parameters<typeof openIncidentDesk>[0]) => {
  const opened = openIncidentDesk(rules)
  onTestFinished(opened.close)
  return opened
}
const shown = ({ incident: { key, title, status, episodes, drill } }: IncidentDetails) => ({
  key,
  title,
  status,
  episodes,
  drill,
})

describe('a page', () => {
  test('opens one incident, however often it is looked at, by whichever process', () => {
    const house = desk()
    house.run(10, GOOD)
    expect(house.incidents()).toEqual([])
    house.run(10, BAD)
    const once = house.incidents().map(shown)
    expect(once).toEqual([
      {
        key: 'INC-0001',
        title: 'Check out: requests fail',
        status: 'investigating',
        episodes: ['A-0001'],
        drill: false,
      },
    ])
    house.restart()
    house.run(10, BAD)
    expect(house.incidents().map(shown)).toEqual(once)
  })

  test('that is over when the process comes back opens nothing', () => {
    const house = desk()
    house.run(10, BAD, false)
    house.run(30, GOOD, false)
    house.run(1, GOOD)
    expect(house.incidents()).toEqual([])
  })

  test('whose incident could not be written gets it at the next look', () => {
    const house = desk()
    house.run(10, BAD, false)
    house.run(1, BAD)
    expect(house.incidents()).toHaveLength(1)
  })

  test('opens nothing where nobody wants that', () => {
    const house = desk({ openOn: 'never' })
    house.run(10, BAD)
    expect(house.incidents()).toEqual([])
  })

  test('that somebody took out of its incident is not placed again', () => {
    const house = desk()
    house.run(10, BAD)
    house.work.changeIncident('INC-0001', { type: 'leave', episodes: ['A-0001'], reason: 'another thing' }, 'suzuki')
    house.run(2, BAD)
    expect(house.incidents().map(shown)).toMatchObject([{ key: 'INC-0001', episodes: [] }])
  })

  test('joins an incident of its journey that a person opened', () => {
    const house = desk()
    house.run(5, GOOD)
    const open = { type: 'open', title: 'Customers call', journeys: ['checkout'], episodes: [], drill: false } as const
    house.work.openIncident(open, 'suzuki')
    const opened = house.clock.now
    house.run(10, BAD)
    expect(house.incidents().map(shown)).toMatchObject([{ title: 'Customers call', episodes: ['A-0001'] }])
    expect(house.folded('INC-0001').times.detected).toEqual({ at: opened, origin: 'person' })
  })
})

describe('the times of an incident', () => {
  test('come from the books and the alerts: the first bad slot, and the end of the last', () => {
    const house = desk()
    house.run(10, GOOD)
    const began = house.clock.now
    house.run(10, BAD)
    const { startedAt } = house.episode('A-0001').episode
    const during = house.folded('INC-0001')
    expect(during.times).toEqual({
      detected: { at: startedAt, origin: 'alert' },
      impactStarted: { at: began, origin: 'books' },
    })
    const ended = house.clock.now
    house.run(40, GOOD)
    expect(house.episode('A-0001').episode.resolvedAt).toBeGreaterThan(ended)
    const after = house.folded('INC-0001')
    expect(after).toMatchObject({ status: 'monitoring', times: { mitigated: { at: ended, origin: 'books' } } })
    expect(after.resolvedAt).toBeUndefined()
  })

  test('give way to what somebody states, and are not recorded twice', () => {
    const house = desk()
    house.run(10, BAD)
    const time = { type: 'time', moment: 'impactStarted', value: '11:59', reason: 'a customer says so' } as const
    house.work.changeIncident('INC-0001', time, 'suzuki')
    house.run(10, BAD)
    const { times } = house.folded('INC-0001')
    expect(times.impactStarted).toMatchObject({ origin: 'person', stated: true })
    const derived = house.history('INC-0001').filter(({ type }) => type === 'timeDerived')
    expect(derived.map((event) => 'moment' in event && event.moment).sort()).toEqual(['detected', 'impactStarted'])
  })
})

describe('an incident that is resolved before the record says that it is over', () => {
  const resolve = (house: ReturnType<typeof desk>) => {
    house.work.changeIncident('INC-0001', { type: 'resolve' }, 'suzuki')
    expect(house.episode('A-0001').episode.resolvedAt).toBeUndefined()
    expect(house.folded('INC-0001').times.mitigated).toBeUndefined()
  }

  test('was over for users when the books turned', () => {
    const house = desk()
    house.run(10, GOOD)
    house.run(10, BAD)
    const ended = house.clock.now
    house.run(3, GOOD)
    resolve(house)
    house.run(1, GOOD)
    expect(house.folded('INC-0001')).toMatchObject({
      status: 'resolved',
      times: { mitigated: { at: ended, origin: 'books' } },
    })
    house.run(40, GOOD)
    expect(house.history('INC-0001').filter((event) => 'moment' in event && event.moment === 'mitigated')).toHaveLength(
      1,
    )
  })

  test('while users are still hurt, gets its time once they are not, and none that somebody stated is replaced', () => {
    const house = desk()
    house.run(10, GOOD)
    house.run(10, BAD)
    resolve(house)
    house.run(5, BAD)
    expect(house.folded('INC-0001').times.mitigated).toBeUndefined()
    const ended = house.clock.now
    house.run(40, GOOD)
    expect(house.folded('INC-0001').times.mitigated).toEqual({ at: ended, origin: 'books' })
  })

  test('which people opened and no alert, is taken from the books where these were bad after it was noticed', () => {
    const open = { type: 'open', title: 'Customers call', journeys: ['checkout'], episodes: [], drill: false } as const
    const told = (badAfter: number) => {
      const house = desk({ openOn: 'never' })
      house.run(10, GOOD)
      house.run(3, BAD)
      house.run(10 - badAfter, GOOD)
      house.work.openIncident(open, 'suzuki')
      house.run(badAfter, BAD)
      const ended = house.clock.now
      house.run(3, GOOD)
      house.work.changeIncident('INC-0001', { type: 'resolve' }, 'suzuki')
      house.run(1, GOOD)
      return [house.folded('INC-0001').times.mitigated?.at, ended]
    }
    const [at, ended] = told(4)
    expect(at).toBe(ended)
    expect(told(0)[0]).toBeUndefined()
  })

  test('is not looked at for longer than a day', () => {
    const house = desk()
    house.run(10, BAD)
    resolve(house)
    house.clock.now += 25 * 60 * MINUTE
    house.run(2, GOOD)
    expect(house.folded('INC-0001').times.mitigated).toBeUndefined()
  })
})

describe('the impact of an incident', () => {
  test('is what the log holds of its stretch, counted again row by row', () => {
    const house = desk()
    house.run(20, GOOD)
    house.run(10, BAD)
    const live = house.impact.of('INC-0001')
    expect(live).toMatchObject({ ended: false, journeys: [{ objective: 'checkout/availability' }] })
    house.run(40, GOOD)
    const impact = house.impact.of('INC-0001')
    const [cost] = impact?.journeys ?? []
    const inside = house.counted(impact?.from ?? 0, impact?.to ?? 0)
    const whole = house.counted(0, impact?.to ?? 0)
    expect(impact?.ended).toBe(true)
    expect(inside).toEqual({ bad: 10 * 4 * 50, valid: 10 * 4 * 100 })
    expect(cost).toMatchObject({ ...inside, badPpm: 500_000 })
    expect(cost?.budgetPpm).toBe(Math.floor((inside.bad * 1_000_000 * 100) / whole.valid))
    expect(impact?.to).toBe((live?.from ?? 0) + 10 * MINUTE)
  })

  test('of what nobody opened is nothing', () => {
    expect(desk().impact.of('INC-0009')).toBeUndefined()
  })
})
