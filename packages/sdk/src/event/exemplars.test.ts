import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanJourney, step } from '../testing/journeys.ts'
import { createCells } from './cells.ts'
import { createExemplars } from './exemplars.ts'
import { rulesOf } from './rule.ts'

const rules = rulesOf(scanJourney(step('start', { withinMs: 300 }), step('upload', { withinMs: 600 })))
const make = () => createExemplars(rules, createCells(rules))

describe('what another process tells', () => {
  test('is shown in its place, once, unless something newer is there', () => {
    const [worker, primary] = [make(), make()]
    worker.keep(1, 'slow', { traceId: 'older' }, 700, 1000)
    worker.keep(1, 'error', { traceId: 'newer', spanId: 'part' }, 100, 3000)
    primary.keep(1, 'slow', { traceId: 'own' }, 700, 2000)
    primary.takeOver(JSON.parse(JSON.stringify(worker.news(9))))
    expect(primary.ofOutcome(1, 'slow')?.traceId).toBe('own')
    expect(primary.ofOutcome(1, 'error')).toEqual({ traceId: 'newer', spanId: 'part', elapsedMs: 100, at: 3000 })
    expect(primary.ofBucket(1, 0)?.traceId).toBe('newer')
    expect(worker.news(9)).toEqual([])
  })

  test('comes in pieces where there is much of it', () => {
    const worker = make()
    worker.keep(0, 'slow', { traceId: 'one' }, 400, 1)
    worker.keep(1, 'slow', { traceId: 'two' }, 700, 2)
    expect([worker.news(3).length, worker.news(3).length, worker.news(3).length]).toEqual([3, 1, 0])
  })

  test('can be anything and is then left out', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(fc.tuple(fc.anything(), fc.anything()))), (news) => {
        const primary = make()
        primary.takeOver(news)
        expect(rules.map(({ index }) => primary.ofOutcome(index, 'error'))).toEqual([undefined, undefined])
      }),
    )
    const primary = make()
    const good = { traceId: 'a', elapsedMs: 1, at: 1 }
    primary.takeOver([
      [-1, good],
      [1.5, good],
      [999, good],
      ['0', good],
      [0, { ...good, traceId: '"}' }],
      [0, { ...good, at: '1' }],
    ])
    expect(primary.news(99)).toEqual([])
  })
})
