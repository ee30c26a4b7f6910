import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { correctedFacts } from '../testing/facts.ts'
import { withoutPeople } from './people.ts'

const AT = '2026-11-02T09:00:00+09:00'
const said = (text: string) => ({ text, by: 'somebody', at: AT })

test('no name of a person is left anywhere in the facts', () => {
  const { journeys, incidents, ...october } = correctedFacts()
  const facts: MonthFacts = {
    ...october,
    journeys: journeys.map((journey) => ({
      ...journey,
      comment: said('the canary stays'),
      policy: { step: 'careful', exceptions: [{ reason: 'a sale', by: 'somebody', at: AT, until: '2026-11-09' }] },
    })),
    incidents: incidents.map((incident) => ({ ...incident, roles: { lead: 'somebody', scribe: 'somebody' } })),
    headline: said('a calm month'),
    asks: [
      {
        key: 'ASK-0001',
        month: '2026-10',
        text: 'a second provider',
        owner: 'somebody',
        state: 'agreed',
        answer: said('yes'),
      },
    ],
  }
  expect(JSON.stringify(facts)).toContain('somebody')
  const without = withoutPeople(facts)
  expect(JSON.stringify(without)).not.toMatch(/somebody|suzuki|tanaka/)
  expect(without.incidents[0]?.roles).toEqual({ lead: '(withheld)', scribe: '(withheld)' })
  expect(without.journeys[0]?.owner).toBe(facts.journeys[0]?.owner)
})
