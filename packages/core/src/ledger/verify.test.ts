import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import { packEntries, packNumbers } from './packing.ts'
import type { Claims, PositionClaim, StoredRow } from './verification.ts'
import { verifyBooks } from './verify.ts'

const SERVICE = { journey: 'checkout', step: 'pay', service: 'shop', role: 'own' } as const
const BIRTH = 1_000_000

type Stated = Partial<Omit<Entry, 'slot' | 'counts'>>

/** A row of one entry; it is committed when its slot is over. */
function row(id: number, start: number, counts: Counts, stated: Stated = {}, width = 15): StoredRow {
  const marks = { account: 0, covered: false, placed: false, reversal: false, ...stated }
  const [packed] = packEntries([{ ...marks, slot: { start, width }, counts }])
  return { id, start, width, committedAt: (start + width) * 1000, body: packed?.body ?? new Uint8Array(0) }
}

function process(counts: Counts, stated: Partial<PositionClaim> = {}): PositionClaim {
  return { id: 'p', service: 'shop', identified: true, baseline: false, body: packNumbers([0, ...counts]), ...stated }
}

function verify(rows: readonly StoredRow[], claims: Partial<Claims> = {}) {
  const lastRow = Math.max(0, ...rows.map(({ id }) => id))
  const accounts = [{ number: 0, account: SERVICE }]
  return verifyBooks(
    { birth: BIRTH, accounts, edges: [], points: [], positions: [], keptFrom: 0, lastRow, ...claims },
    rows,
  )
}

const told = (...args: Parameters<typeof verify>) => verify(...args).disagreements.map(({ message }) => message)

test('what is taken away again counts for nothing, and is one entry more', () => {
  const rows = [row(1, 1500, [9, 0, 1, 0]), row(2, 1500, [4, 0, 0, 0], { reversal: true }), row(3, 1515, [4, 0, 0, 0])]
  const point = { at: 1515, body: packNumbers([5, 0, 1, 0, 0]) }
  const verified = verify(rows, { positions: [process([9, 0, 1, 0])], points: [point] })
  expect(verified).toMatchObject({ entries: 3, slots: 2, events: 10, disagreements: [] })
})

test('an edge knows the rows up to the one that it was saved at, and only slots before it', () => {
  const rows = [row(1, 1500, [1, 0, 0, 0]), row(3, 1500, [4, 0, 0, 0]), row(2, 1515, [2, 0, 0, 0])]
  const positions = [process([7, 0, 0, 0])]
  const edge = (at: number, upTo: number, good: number) => ({
    ...{ name: 'window 60000', at, upTo },
    body: packNumbers([good, 0, 0, 0, 0]),
  })
  expect(
    told(rows, { positions, edges: [edge(1515, 2, 1), edge(1530, 2, 3), edge(Number.POSITIVE_INFINITY, 3, 7)] }),
  ).toEqual([])
  expect(told(rows, { positions, edges: [edge(1515, 2, 5)] })).toEqual([
    'window 60000 has 5 good of checkout/pay at shop; the log comes to 1',
  ])
})

test('of a difference that goes on through many points the first is told', () => {
  const points = [1515, 1530, 1545].map((at) => ({ at, body: packNumbers([9, 0, 0, 0, 0]) }))
  const rows = [row(1, 1500, [5, 0, 0, 0]), row(2, 1530, [1, 0, 0, 0])]
  const { disagreements } = verify(rows, { positions: [process([6, 0, 0, 0])], points })
  expect(disagreements.map(({ at, log, saved }) => [at, log, saved])).toEqual([
    [1515, 5, 9],
    [1545, 6, 9],
  ])
})

describe('when old entries were let go', () => {
  const KEPT = { keptFrom: 1500, points: [{ at: 1500, body: packNumbers([5, 0, 0, 0, 0]) }] }
  const rows = [row(1, 1500, [3, 0, 0, 0]), row(2, 1515, [1, 0, 0, 0])]
  const total = (upTo: number, good: number) => ({
    ...{ name: 'total', at: Number.POSITIVE_INFINITY, upTo },
    body: packNumbers([good, 0, 0, 0, 0]),
  })

  test('sums begin with the point that holds what they came to', () => {
    const verified = verify(rows, { ...KEPT, positions: [process([9, 0, 0, 0])], edges: [total(2, 9)] })
    expect(verified).toMatchObject({ entries: 2, events: 9, disagreements: [] })
  })

  test('one that is still there is not counted twice, and not before its time', () => {
    const late = row(3, 1485, [2, 0, 0, 0])
    const edges = [total(2, 7), { ...total(3, 9), name: 'again' }]
    expect(told([late, ...rows], { ...KEPT, positions: [process([9, 0, 0, 0])], edges })).toEqual([])
  })

  test('the point must be there', () => {
    const lines = told(rows, { ...KEPT, points: [], positions: [process([4, 0, 0, 0])] })
    expect(lines).toEqual(['the point that holds what older entries came to is missing'])
  })
})

describe('positions', () => {
  const rows = [row(1, 1500, [5, 0, 0, 0])]

  test.each([
    ['of a process that was counted whole state the sum', {}, [5], [4, 6]],
    ['of a baseline say how much it is at most', { baseline: true }, [5, 6], [4]],
    ['of a source without an id say how much it is at least', { identified: false }, [4, 5], [6]],
  ])('%s', (_, stated, possible, impossible) => {
    const count = (good: number) => told(rows, { positions: [process([good, 0, 0, 0], stated)] }).length
    expect([possible.map(count), impossible.map(count)]).toEqual([possible.map(() => 0), impossible.map(() => 1)])
  })

  test('that are only bounds are remarked on', () => {
    expect(verify(rows, { positions: [process([9, 0, 0, 0], { baseline: true })] }).remarks).toHaveLength(1)
  })

  test('that cannot be what was written are told', () => {
    const broken = [
      packNumbers([0, 5]),
      Uint8Array.of(200),
      packNumbers([3, 5, 0, 0, 0]),
      packNumbers([0, 1, 0, 0, 0, 0, 4, 0, 0, 0]),
    ]
    const lines = broken.map((body) => told(rows, { positions: [process([0, 0, 0, 0], { body })] })[0])
    expect(lines).toEqual([
      'process p is cut short: it holds 2 numbers',
      'process p cannot be read: it ends inside a number',
      'process p was booked of account 3, which is not known',
      'process p was booked of checkout/pay at shop twice',
    ])
  })
})

describe('of the rows themselves', () => {
  const positions = [process([2, 0, 0, 0])]
  const covered = { covered: true }

  test('slots of different widths may overlap when a clock went back, and that is remarked on', () => {
    const rows = [row(2, 1500, [1, 0, 0, 0], covered, 60), row(1, 1515, [1, 0, 0, 0], covered)]
    expect(verify(rows, { positions })).toMatchObject({
      disagreements: [],
      remarks: [expect.stringContaining('overlap')],
    })
  })

  test('a row of marks alone may be as wide as the time that was read of a wider slot', () => {
    const rows = [row(1, 1500, [0, 0, 0, 0], covered, 45), row(2, 1500, [2, 0, 0, 0], {}, 60)]
    expect(told(rows, { positions })).toEqual([])
    expect(told([row(1, 1500, [2, 0, 0, 0], {}, 45)], { positions })).toHaveLength(1)
  })

  test('one that was committed before the ledger was born is remarked on', () => {
    const rows = [row(1, 900, [2, 0, 0, 0])]
    expect(verify(rows, { positions })).toMatchObject({
      disagreements: [],
      remarks: [expect.stringContaining('birth')],
    })
  })

  test('none is missing after the saved total: only rows that are in it are ever written anew', () => {
    const rows = [row(2, 1500, [1, 0, 0, 0]), row(4, 1515, [1, 0, 0, 0])]
    const total = { name: 'total', at: Number.POSITIVE_INFINITY, upTo: 2, body: packNumbers([1, 0, 0, 0, 0]) }
    expect(told(rows, { positions, edges: [total] })).toEqual(["1 of the log's rows from 3 to 4 are missing"])
    expect(told(rows, { positions })).toEqual([])
  })

  test.each([
    [
      'the same slot is read twice',
      [row(1, 1500, [1, 0, 0, 0], covered), row(2, 1500, [1, 0, 0, 0], covered)],
      'a second time',
    ],
    ['they come in no order', [row(1, 1515, [1, 0, 0, 0]), row(2, 1500, [1, 0, 0, 0])], 'stands after row 1'],
  ])('%s', (_, rows, message) => {
    expect(told(rows, { positions })).toEqual([expect.stringContaining(message)])
  })
})
