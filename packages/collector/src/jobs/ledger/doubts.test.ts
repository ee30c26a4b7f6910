import { join } from 'node:path'
import { estimateDoubt, type Reading } from '@tabiji/core/ledger'
import { afterEach, describe, expect, test } from 'vitest'
import type { Source } from '../../ports/source.ts'
import { createDoubtStore } from '../../store/doubt-store.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { openOn, podOf, readingAt, START } from '../testing/ledger-on-file.ts'
import { createDoubts, type PlaceRule } from './doubts.ts'

const SOURCE = { name: 'scan http://10.0.0.1/metrics', service: 'scan', intervalMs: 15_000 } as Source
const PLACE: PlaceRule = { name: SOURCE.name, timeoutMs: 5_000 }
const UNREAD = { ok: false, failure: 'unreachable', message: 'refused' } as const
const PUSH_MS = 10_000
const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A collector on a file; `restart` ends it and starts another on the same file. */
function collector(file = join(temporaryFolder(), 'books.db'), sources = [PLACE]) {
  const open = openOn(file)
  let now = START
  const doubts = createDoubts(createDoubtStore(open.database), open.ledger, sources, PUSH_MS, () => now)
  closing.push(open.close)
  const book = (reading: Reading) => {
    now = reading.at
    open.ledger.book([reading], now)
  }
  return {
    doubts,
    /** The target was asked a second before its answer came. */
    scraped: (reading: Reading) => {
      book(reading)
      const result = { ok: true, reading, samples: 1, warnings: [] } as const
      doubts.read({ source: SOURCE, result, booked: true, askedAt: reading.at - 1_000 })
    },
    unread: (times: number) => {
      for (let i = 0; i < times; i++) {
        doubts.read({ source: SOURCE, result: UNREAD, booked: false, askedAt: now })
      }
    },
    handedOver: (reading: Reading) => {
      book({ ...reading, final: true })
      doubts.told({ ...reading, final: true })
    },
    pushed: (reading: Reading) => {
      book(reading)
      doubts.pushed(reading)
    },
    /** Time goes on, and somebody looks. */
    until: (seconds: number) => {
      now = second(seconds)
      doubts.look()
    },
    restart: (sources?: PlaceRule[]) => {
      closing.splice(closing.indexOf(open.close), 1)
      open.close()
      return collector(file, sources)
    },
  }
}

const pod = (id: string, seconds: number, good: number) => readingAt(seconds, [good, 0, 0, 0], podOf(id))
const second = (n: number) => START + n * 1_000

/** The same with all of its events done for a journey of another service, too. */
const helpfulPod = (id: string, seconds: number, good: number): Reading => {
  const reading = pod(id, seconds, good)
  const step = {
    journey: 'checkout',
    step: 'measure-feet.upload',
    role: 'dependency',
    counts: [good, 0, 0, 0],
  } as const
  return { ...reading, steps: [...reading.steps, step] }
}

describe('a process that is gone without a last word', () => {
  test('is estimated by its events, each once, whoever they were done for', () => {
    const pace = (restart: boolean, podOf: typeof pod) => {
      let house = collector()
      for (const seconds of [15, 30]) house.scraped(podOf('a', seconds, seconds * 10))
      if (restart) house = house.restart()
      house.scraped(pod('b', 45, 0))
      return house.doubts.list('open', 10).map((doubt) => doubt.pace)
    }
    for (const restart of [false, true]) {
      expect(pace(restart, helpfulPod)).toEqual(pace(restart, pod))
      expect(pace(restart, pod)[0]?.counts[0]).toBeGreaterThan(0)
    }
  })

  test('leaves a doubt, from the last question that it answered to the first answer of another', () => {
    const { doubts, scraped } = collector()
    scraped(pod('a', 15, 100))
    scraped(pod('a', 30, 160))
    scraped(pod('b', 60, 5))
    const [doubt, ...others] = doubts.list('open', 10)
    expect(others).toEqual([])
    expect(doubt).toMatchObject({ process: 'a', service: 'scan', from: second(29), to: second(60) })
    // Four events a second, over 31 seconds.
    expect(doubt && estimateDoubt(doubt, second(999))).toEqual([124, 0, 0, 0])
  })

  test('leaves one without an end while nobody answers in its place, and it ends with the first who does', () => {
    const { doubts, scraped, unread } = collector()
    scraped(pod('a', 15, 100))
    unread(2)
    expect(doubts.list('open', 10)).toEqual([])
    unread(1)
    expect(doubts.list('open', 10)).toEqual([expect.not.objectContaining({ to: expect.anything() })])
    scraped(pod('b', 90, 5))
    expect(doubts.list('open', 10)).toMatchObject([{ process: 'a', from: second(14), to: second(90) }])
  })

  test('leaves one also when the collector was down at its end', () => {
    const before = collector()
    before.scraped(pod('a', 15, 100))
    const after = before.restart()
    after.scraped(pod('b', 300, 5))
    // When it was asked is not known any more, so the longest time that an answer may take is added.
    expect(after.doubts.list('open', 10)).toMatchObject([{ process: 'a', from: second(10), to: second(300) }])
    expect(after.restart().doubts.list('open', 10)).toHaveLength(1)
  })

  test('leaves one when its target is taken out of the configuration', () => {
    const before = collector()
    before.scraped(pod('a', 15, 100))
    const after = before.restart([])
    expect(after.doubts.list('open', 10)).toMatchObject([{ process: 'a', from: second(-45), to: START }])
    expect(after.restart([]).doubts.list('open', 10)).toHaveLength(1)
  })
})

describe('there is nothing to doubt', () => {
  test('of a process that had its last word', () => {
    const { doubts, scraped, handedOver } = collector()
    scraped(pod('a', 15, 100))
    handedOver(pod('a', 20, 130))
    scraped(pod('b', 30, 5))
    expect(doubts.list('all', 10)).toEqual([])
  })

  test('of one that was only unread and counts on', () => {
    const { doubts, scraped, unread } = collector()
    scraped(pod('a', 15, 100))
    unread(3)
    scraped(pod('a', 90, 500))
    expect(doubts.list('all', 10)).toEqual([])
  })

  test('any more once the last word came late, also one that was booked just before the collector was killed', () => {
    const { doubts, scraped, handedOver, ...rest } = collector()
    scraped(pod('a', 15, 100))
    scraped(pod('b', 30, 5))
    handedOver(pod('a', 20, 130))
    expect(doubts.list('open', 10)).toEqual([])
    expect(doubts.list('all', 10)).toMatchObject([{ process: 'a', settledAt: second(20) }])
    expect(rest.restart().doubts.list('open', 10)).toEqual([])
  })
})

test('doubts are told by the time that they lie in', () => {
  const { doubts, scraped } = collector()
  scraped(pod('a', 15, 100))
  scraped(pod('b', 30, 5))
  scraped(pod('c', 60, 5))
  const during = (from: number, to: number) =>
    doubts.unsettledDuring({ from: second(from), to: second(to) }).map(({ process }) => process)
  expect([during(0, 14), during(14, 20), during(30, 40), during(0, 100), during(60, 90)]).toEqual([
    [],
    ['a'],
    ['b'],
    ['a', 'b'],
    [],
  ])
})

describe('a process that pushes', () => {
  const told = (id: string, seconds: number, good: number) => ({ ...pod(id, seconds, good), fingerprint: 'f00d' })

  test('and falls silent leaves a doubt from its last push, with an end once it is taken for gone', () => {
    const { doubts, pushed, until } = collector()
    pushed(told('a', 100, 10))
    pushed(told('a', 110, 20))
    until(139)
    expect(doubts.recent()).toEqual([])
    until(140)
    expect(doubts.recent()).toMatchObject([{ process: 'a', from: second(100), pace: { counts: [10, 0, 0, 0] } }])
    expect(doubts.recent()[0]?.to).toBeUndefined()
    until(310)
    expect(doubts.recent()).toMatchObject([{ process: 'a', from: second(100), to: second(310) }])
    until(1_000)
    expect(doubts.recent()).toMatchObject([{ to: second(310) }])
  })

  test('again after a silence has told everything', () => {
    const { doubts, pushed, until } = collector()
    pushed(told('a', 100, 10))
    until(200)
    expect(doubts.recent()).toHaveLength(1)
    pushed(told('a', 205, 99))
    expect(doubts.recent()).toEqual([])
    until(240)
    expect(doubts.recent()).toHaveLength(1)
  })

  test('and says its last word owes nothing more, whether it falls silent before or after', () => {
    const { doubts, pushed, handedOver, until } = collector()
    pushed(told('a', 100, 10))
    handedOver(told('a', 101, 11))
    pushed(told('a', 101, 11))
    pushed(told('b', 102, 5))
    until(200)
    expect(doubts.recent().map(({ process }) => process)).toEqual(['b'])
    handedOver(told('b', 200, 6))
    until(900)
    expect(doubts.recent()).toEqual([])
  })

  test('is given its time anew by a collector that was away', () => {
    const before = collector()
    before.pushed(told('a', 100, 10))
    before.until(400)
    const open = before.doubts.recent()
    const after = before.restart()
    expect(after.doubts.recent()).toEqual(open)
  })

  test('and was heard before a restart is doubted after it, once it has had the time to push', () => {
    const before = collector()
    before.pushed(told('a', 100, 10))
    const after = before.restart()
    after.until(20)
    expect(after.doubts.recent()).toEqual([])
    after.until(40)
    expect(after.doubts.recent()).toMatchObject([{ process: 'a' }])
  })

  test('and never says a last word, or has no id of its own, leaves none', () => {
    const { doubts, pushed, until } = collector()
    pushed(pod('foreign', 100, 10))
    const reading = told('c-0', 100, 10)
    pushed({ ...reading, speaker: { ...reading.speaker, identified: false, livesByStart: true } })
    until(1_000)
    expect(doubts.recent()).toEqual([])
  })
})
