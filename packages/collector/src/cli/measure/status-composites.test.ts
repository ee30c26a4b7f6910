import { expect, test } from 'vitest'
import type { ShownComposite, ShownOverview } from './measure-answers.ts'
import { compositeLines } from './status-composites.ts'

const WHOLE: ShownComposite = {
  name: 'whole',
  members: ['checkout/availability', 'checkout/latency', 'search/availability'],
  worst: 'checkout/latency',
  state: 'risk',
  leftPpm: 123_999,
  burning: ['search/availability'],
  unknown: [],
}
const lines = (...composites: readonly ShownComposite[]) =>
  compositeLines([{ name: 'checkout', composites }] as unknown as ShownOverview['journeys'])

test('a composite is told by its worst member, with whoever burns', () => {
  expect(lines(WHOLE)).toBe(
    'checkout/whole: RISK as checkout/latency, the worst of 3, 12.3 % left; BURNING: search/availability\n',
  )
})

test('one that nobody can judge says so, and one without composites says nothing', () => {
  const { leftPpm: _, ...unjudged } = WHOLE
  expect(lines({ ...unjudged, state: 'unjudged', burning: [], unknown: WHOLE.members })).toBe(
    'checkout/whole: UNJUDGED as checkout/latency, the worst of 3; not known: checkout/availability, checkout/latency, search/availability\n',
  )
  expect(compositeLines([{ name: 'checkout' }] as unknown as ShownOverview['journeys'])).toBe('')
})
