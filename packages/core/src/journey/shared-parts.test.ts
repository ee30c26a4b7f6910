import { expect, test } from 'vitest'
import { defineJourneys } from './index.ts'
import { withSharedParts } from './shared-parts.ts'

const UPLOAD = { job: true, within: '2s' } as const

const { journeys } = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    one: { owner: 'team feet', objectives: { availability: 99.5, latency: 95 }, steps: { upload: UPLOAD } },
    two: { owner: 'team feet', objectives: { availability: 99.5 }, steps: { upload: UPLOAD, read: UPLOAD } },
    three: { owner: 'team photos', objectives: { availability: 99 }, steps: { upload: { ...UPLOAD, within: '3s' } } },
  },
})
const [one, two, three] = journeys

test('what journeys say alike is there once', () => {
  expect(two?.objectives[0]).toBe(one?.objectives[0])
  expect(two?.steps[0]).toBe(one?.steps[0])
  expect(two?.alerts).toBe(one?.alerts)
  expect(three?.steps[0]?.statuses).toBe(one?.steps[0]?.statuses)
})

test('what is not alike is not shared', () => {
  expect(three?.objectives[0]).toMatchObject({ targetPpm: 990_000 })
  expect(three?.steps[0]).toMatchObject({ withinMs: 3_000 })
  expect(two?.steps[1]).toMatchObject({ name: 'read' })
})

test('nothing is said otherwise than before', () => {
  const apart = JSON.parse(JSON.stringify(journeys)) as typeof journeys
  expect(withSharedParts(apart)).toEqual(apart)
})
