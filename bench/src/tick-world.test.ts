import { createExpositionParser } from '@tabiji/collector'
import { METRIC } from '@tabiji/core/journey'
import { expect, test } from 'vitest'
import { bodyOf, trafficOf, worldOf } from './tick-world.ts'

test('the services of the bench say what a collector reads: one journey after another, counts that only grow', () => {
  const limits = { maxBytes: 1_000_000, maxSeries: 1_000, maxLabelBytes: 100 }
  const parser = createExpositionParser(limits, new Set([METRIC.events]))
  const traffic = trafficOf(2)
  const read = () => {
    traffic.grow()
    const read = parser.parse(Buffer.from(bodyOf('p-1', 0, 5, traffic)), 'text')
    if (!read.ok) throw new Error(read.message)
    return read
  }
  const first = read()
  expect(first.series.map(({ labels }) => labels[1])).toEqual([
    ...Array(4).fill('journey-5'),
    ...Array(4).fill('journey-6'),
  ])
  const second = read()
  expect(second.layout).toBe(first.layout)
  expect(second.numbers.every((count, i) => count >= (first.numbers[i] ?? 0))).toBe(true)
  expect(second.numbers[0]).toBeGreaterThan(first.numbers[0] ?? 0)
})

test('the file of the bench has an objective for each journey and nothing that is only in its document', () => {
  const world = worldOf(3)
  expect(world.journeys.map(({ name, objectives }) => [name, objectives.length])).toEqual([
    ['journey-0', 1],
    ['journey-1', 1],
    ['journey-2', 1],
  ])
  expect(world).not.toHaveProperty('document')
})
