import { expect, test } from 'vitest'
import { readJourneys } from './document.ts'

const file = (composites: string, more = '') => `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  search:
    title: { en: Search, ja: 検索 }
    owner: shop
    runbook: https://wiki.example.org/search
    objectives: { availability: 99 }
    steps: { find: { http: GET /find, within: read } }
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop
    runbook: https://wiki.example.org/checkout
    objectives: { availability: 99.5, pay.latency: 95${more} }
    composites: ${composites}
    steps: { cart: { http: POST /cart, within: write }, pay: { http: POST /orders, within: write } }
`

function read(composites: string, more?: string) {
  const found = readJourneys(file(composites, more), 'journeys.yaml')
  if (!found.ok) return found.problems.map(({ at, message, hint }) => `${at?.line}:${at?.column} ${message} (${hint})`)
  return [...found.warnings.map(({ message }) => message), found.definition.journeys[1]?.composites]
}

test('members are objectives of the journey, of another one, or all of its own', () => {
  expect(read('{ whole: [availability, pay.latency, search/availability], all: all }')).toEqual([
    [
      { name: 'whole', members: ['checkout/availability', 'checkout/pay.latency', 'search/availability'] },
      { name: 'all', members: ['checkout/availability', 'checkout/pay.latency'] },
    ],
  ])
})

test('everything that is wrong is told where it stands', () => {
  expect(read('{ a: [availability, pay.latenci], b: [availability, availability, search/latency] }')).toEqual([
    expect.stringMatching(/^15:37 .*got "pay\.latenci" .*pay\.latency/),
    expect.stringMatching(/^15:69 .*named once/),
    expect.stringMatching(/^15:83 .*got "search\/latency"/),
  ])
  expect(read('{ a: [availability], b: [a, availability], availability: all }')).toEqual([
    expect.stringMatching(/at least two members/),
    expect.stringMatching(/a composite is none/),
    expect.stringMatching(/a name that no objective of the journey has/),
  ])
})

test('shares of budgets over several windows are compared with a warning', () => {
  const [warning] = read('{ whole: all }', ', cart.latency: { target: 95, window: month }')
  expect(warning).toMatch(/one window/)
})
