import { expect, test } from 'vitest'
import { placeBy } from './ticket-place.ts'

const RULES = [
  { place: 'ml', steps: ['measure/predict'] },
  { place: 'web-shop', journeys: ['checkout', 'cart'], teams: ['web'] },
  { place: 'shop', journeys: ['checkout'] },
]
const about = (more: object) => ({ journeys: [], teams: [], steps: [], ...more })

test.each([
  [about({ journeys: ['checkout'] }), 'shop'],
  [about({ journeys: ['cart'] }), undefined],
  [about({ journeys: ['cart'], teams: ['web', 'ops'] }), 'web-shop'],
  [about({ journeys: ['checkout'], steps: ['measure/predict'] }), 'ml'],
  [about({}), undefined],
])('the first rule that fits in all that it states decides: %j → %s', (subject, place) => {
  expect(placeBy(RULES, subject)).toBe(place)
})
