import { afterEach, describe, expect, test } from 'vitest'
import { MINUTE, NOON } from '../testing/books.ts'
import { openRuledShop, TICK } from '../testing/ruled-shop.ts'

const opened: (() => void)[] = []

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

function open(rules: string, ofPay?: string) {
  const shop = openRuledShop(`${rules}, excluded: false`, ofPay)
  opened.push(shop.close)
  return shop
}

const GOOD = { pay: [10, 0, 0, 0] }
const QUIET = {}

describe('errors > 10 in 5m', () => {
  test('rings at the eleventh error and not at the tenth', () => {
    const shop = open('errors > 10 in 5m: 1')
    expect(shop.tick({ pay: [0, 0, 6, 0] })).toEqual([])
    expect(shop.tick({ cart: [0, 0, 4, 0] })).toEqual([])
    expect(shop.tick({ pay: [0, 0, 1, 0] })).toEqual(['A-0001 fired'])
    const [alert] = shop.episodes()
    expect(alert).toMatchObject({ rule: 'checkout/alerts/errors-over-10-in-5m', level: 1 })
    expect(alert?.facts).toMatchObject({
      cause: { kind: 'simple', seen: { count: 11, of: 11 } },
      worstStep: { name: 'pay', bad: 7, ofBad: 11 },
      runbook: 'https://wiki.example.org/checkout',
    })
    expect(alert?.facts).not.toHaveProperty('objective')
    expect(shop.alerts.outboxOf('A-0001').map(({ receiver, kind }) => [receiver, kind])).toEqual([['pager', 'trigger']])
  })

  test('forgets an error when five minutes have passed', () => {
    const shop = open('errors > 10 in 5m: 1')
    shop.tick({ pay: [0, 0, 10, 0] })
    expect(shop.run(4.75, QUIET)).toEqual([])
    expect(shop.tick({ pay: [0, 0, 10, 0] })).toEqual([])
  })

  test('resolves after five minutes with at most half as many, and not with more than half', () => {
    const shop = open('errors > 10 in 5m: 1')
    shop.tick({ pay: [0, 0, 11, 0] })
    const many = Array.from({ length: 8 }, () => [...shop.run(4.75, GOOD), ...shop.tick({ pay: [0, 0, 6, 0] })]).flat()
    expect(many).toEqual([])
    expect(shop.run(9.75, GOOD)).toEqual([])
    expect(shop.tick(GOOD)).toEqual(['A-0001 resolved'])
  })

  test('is not resolved by a target that cannot be read', () => {
    const shop = open('errors > 10 in 5m: 1')
    shop.tick({ pay: [0, 0, 11, 0] })
    expect(shop.run(60)).toEqual(['A-0001 data_lost'])
    expect(shop.alerts.openEpisodes()[0]?.episode.state).toBe('firing')
  })

  test('is withdrawn, with a message, when it is taken out of the file', () => {
    const shop = open('errors > 10 in 5m: 1')
    shop.tick({ pay: [0, 0, 11, 0] })
    shop.reload('excluded: false')
    expect(shop.evaluate()).toEqual(['A-0001 withdrawn'])
  })

  test('of a step does not count what another one does', () => {
    const shop = open('excluded > 1000 in 5m: 3', 'errors > 10 in 5m: { level: 2, name: broken, note: The bank? }')
    expect(shop.tick({ cart: [0, 0, 99, 0] })).toEqual([])
    expect(shop.tick({ pay: [0, 0, 11, 0] })).toEqual(['A-0001 fired'])
    expect(shop.episodes()[0]).toMatchObject({
      rule: 'checkout/pay.alerts/broken',
      facts: { note: 'The bank?', cause: { step: 'pay' } },
    })
  })
})

describe('slow > 5 % for 10m', () => {
  const SLOW = { pay: [94, 6, 0, 0] }
  const IN_TIME = { pay: [95, 5, 0, 0] }

  test('rings at the evaluation at which it has held for ten minutes', () => {
    const shop = open('slow > 5 % for 10m: 2')
    const before = shop.run(10, SLOW)
    expect(before).toEqual([])
    expect(shop.tick(SLOW)).toEqual(['A-0001 fired'])
    expect(shop.alerts.heldConditions().size).toBe(1)
  })

  test('does not ring at exactly five percent, and errors are no slow ones', () => {
    const shop = open('slow > 5 % for 10m: 2')
    expect(shop.run(30, { pay: [95, 5, 40, 60] })).toEqual([])
  })

  test('counts the time anew when it does not hold once', () => {
    const shop = open('slow > 5 % in 30s for 10m: 2')
    shop.run(9, SLOW)
    shop.tick(IN_TIME)
    shop.tick(IN_TIME)
    expect(shop.run(10, SLOW)).toEqual([])
    expect(shop.run(1, SLOW)).toEqual(['A-0001 fired'])
  })

  test('goes on counting after a restart', () => {
    const shop = open('slow > 5 % for 10m: 2')
    shop.run(6, SLOW)
    shop.restart()
    expect(shop.run(4, SLOW)).toEqual([])
    expect(shop.tick(SLOW)).toEqual(['A-0001 fired'])
    expect(shop.episodes()[0]?.episode.startedAt).toBe(NOON + 10 * MINUTE + TICK)
  })

  test('is forgotten when its rule is gone, so that it begins anew when it comes back', () => {
    const shop = open('slow > 5 % for 10m: 2')
    shop.run(9, SLOW)
    shop.reload('excluded: false')
    shop.tick(SLOW)
    expect(shop.alerts.heldConditions().size).toBe(0)
  })
})

describe('no events for 15m', () => {
  test('rings when the target was read for fifteen minutes and nobody came', () => {
    const shop = open('no events for 15m: 2')
    shop.run(20, GOOD)
    expect(shop.run(14.75, QUIET)).toEqual([])
    expect(shop.tick(QUIET)).toEqual(['A-0001 fired'])
  })

  test('is not rung by a target that cannot be read, neither when it comes back at once', () => {
    const shop = open('no events for 15m: 2')
    shop.run(20, GOOD)
    expect(shop.run(60)).toEqual([])
    expect(shop.run(13, QUIET)).toEqual([])
    expect(shop.run(3, QUIET)).toEqual(['A-0001 fired'])
  })

  test('is not rung while the collector has not known the service for so long', () => {
    const shop = open('no events for 15m: 2')
    expect(shop.run(13, QUIET)).toEqual([])
    expect(shop.run(3, QUIET)).toEqual(['A-0001 fired'])
  })

  test('bears a few missed readings', () => {
    const shop = open('no events for 15m: 2')
    shop.run(20, GOOD)
    const told = Array.from({ length: 20 }, () => [...shop.run(1, QUIET), ...shop.tick()]).flat()
    expect(told).toEqual(['A-0001 fired'])
  })

  test('is over five minutes after the first event, and does not resolve unread', () => {
    const shop = open('no events for 15m: 2')
    shop.run(16, QUIET)
    expect(shop.run(30)).toEqual(['A-0001 data_lost'])
    expect(shop.tick(QUIET)).toEqual([])
    expect(shop.run(16, QUIET)).toEqual(['A-0001 data_back'])
    expect(shop.tick({ pay: [0, 0, 0, 1] })).toEqual([])
    expect(shop.run(4.75, QUIET)).toEqual([])
    expect(shop.tick(QUIET)).toEqual(['A-0001 resolved'])
  })
})

test('events < 3 in 1h rings at two events and not at three', () => {
  const shop = open('events < 3 in 1h: 3')
  shop.tick({ cart: [3, 0, 0, 0] })
  expect(shop.run(59.75, QUIET)).toEqual([])
  const late = open('events < 3 in 1h: 3')
  late.tick({ cart: [2, 0, 0, 0] })
  expect(late.run(59.75, QUIET)).toEqual(['A-0001 fired'])
})

describe('target absent for 5m', () => {
  test('rings when nothing was read for longer than five minutes, names the service, and ends when it is read', () => {
    const shop = open('target absent for 5m: 1')
    shop.run(3, GOOD)
    expect(shop.run(5)).toEqual([])
    expect(shop.run(0.5)).toEqual(['A-0001 fired'])
    expect(shop.episodes()[0]?.facts.cause).toMatchObject({ kind: 'simple', unread: ['shop'] })
    expect(shop.run(5, GOOD)).toEqual([])
    expect(shop.run(0.25, GOOD)).toEqual(['A-0001 resolved'])
  })

  test('waits at least as long as the service is waited for', () => {
    const shop = open('target absent for 15s: 1')
    shop.run(3, GOOD)
    expect(shop.run(1)).toEqual([])
    expect(shop.run(0.5)).toEqual(['A-0001 fired'])
  })
})

describe('the rule that every journey has', () => {
  const setUp = (rules: string) => {
    const shop = openRuledShop(rules)
    opened.push(shop.close)
    return shop
  }

  test('makes known that a release answers 400 to everybody, though all objectives are met', () => {
    const shop = setUp('')
    shop.run(30, { pay: [10, 0, 0, 1] })
    const told = shop.run(10, { pay: [0, 0, 0, 11] })
    expect(told).toEqual(['A-0001 fired'])
    expect(shop.episodes()[0]).toMatchObject({ level: 3, rule: 'checkout/alerts/excluded-share' })
  })

  test('says nothing of a handful of excluded events, and nothing when it is switched off', () => {
    expect(setUp('').run(10, { pay: [0, 0, 0, 0] })).toEqual([])
    expect(setUp('').tick({ pay: [0, 0, 0, 19] })).toEqual([])
    expect(setUp('').tick({ pay: [0, 0, 0, 20] })).toEqual(['A-0001 fired'])
    expect(setUp('excluded: false').tick({ pay: [0, 0, 0, 500] })).toEqual([])
  })

  test('gives way to one of the journey’s own', () => {
    const shop = setUp('excluded > 90 % in 15m: { level: 2, name: refused }')
    expect(shop.tick({ pay: [11, 0, 0, 89] })).toEqual([])
    shop.tick({ pay: [0, 0, 0, 100] })
    expect(shop.episodes().map(({ rule }) => rule)).toEqual(['checkout/alerts/refused'])
  })
})

describe('nothing could be read for an hour', () => {
  const setUp = (rules = '', ofPay = '', startedAt = NOON) => {
    const shop = openRuledShop(rules, ofPay, startedAt)
    opened.push(shop.close)
    return shop
  }

  test('is told once at level 2, by an alert of its own that ends when data are back', () => {
    const shop = setUp()
    shop.run(3, GOOD)
    expect(shop.run(60)).toEqual([])
    expect(shop.run(600)).toEqual(['A-0001 fired'])
    const [alert] = shop.episodes()
    expect(alert).toMatchObject({ level: 2, rule: 'checkout/alerts/stale', facts: { cause: { unread: ['shop'] } } })
    expect(shop.alerts.outboxOf('A-0001').map(({ kind, receiver }) => [kind, receiver])).toEqual([['trigger', 'chat']])
    expect(shop.run(5.25, GOOD)).toEqual(['A-0001 resolved'])
  })

  test('is not told of a service that ran before the first reading of all, which books nothing', () => {
    const shop = setUp('', '', NOON - 24 * 60 * MINUTE)
    expect(shop.tick(GOOD)).toEqual([])
    expect(shop.run(59)).toEqual([])
    // It is told by when that reading was, and not before.
    expect(shop.run(2)).toEqual(['A-0001 fired'])
  })

  test('resolves nothing else: what burnt goes on to ring, as one that nobody reads', () => {
    const shop = setUp('errors > 10 in 5m: 1')
    shop.tick({ pay: [0, 0, 20, 0] })
    expect(shop.run(90)).toEqual(['A-0001 data_lost', 'A-0002 fired'])
    const states = shop.episodes().map(({ rule, episode }) => [rule.split('/').at(-1), episode.state])
    expect(Object.fromEntries(states)).toEqual({ 'errors-over-10-in-5m': 'firing', stale: 'firing' })
  })

  test('is told at the same moment when the collector restarts again and again meanwhile', () => {
    const [steady, restarted] = [setUp(), setUp()]
    for (const shop of [steady, restarted]) shop.run(3, GOOD)
    for (let quarter = 0; quarter < 6 * 60; quarter++) {
      if (quarter % 7 === 0) restarted.restart()
      expect(restarted.tick()).toEqual(steady.tick())
    }
    expect(steady.episodes()).toHaveLength(1)
  })

  test('gives way to a rule of the journey’s own, and leaves out steps that have one', () => {
    const own = setUp('target absent for 2h: 1')
    own.run(3, GOOD)
    expect(own.run(119)).toEqual([])
    own.run(2)
    expect(own.episodes().map(({ rule }) => rule)).toEqual(['checkout/alerts/target-absent-for-2h'])

    const ofPay = setUp('', 'target absent for 2h: 1')
    ofPay.run(3, GOOD)
    // The other step is told of after an hour, and the one with a rule by that.
    expect(ofPay.run(180)).toEqual(['A-0001 fired', 'A-0002 fired'])
    const rules = ofPay.episodes().map(({ rule }) => rule)
    expect(rules.toSorted()).toEqual(['checkout/alerts/stale', 'checkout/pay.alerts/target-absent-for-2h'])
  })
})
