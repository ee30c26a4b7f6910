import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUDGET_STATES } from './budget-state.ts'
import { type Member, worstMember } from './composite.ts'

const member = (id: string, state: Member['state'], leftPpm?: number): Member => ({
  id,
  state,
  ...(leftPpm !== undefined && { leftPpm }),
})

test('it stands as the member in the worst state, and of those as the one with the least left', () => {
  const members = [member('a', 'watch', 300_000), member('b', 'risk', 90_000), member('c', 'risk', 20_000)]
  expect(worstMember(members)?.id).toBe('c')
  expect(worstMember([...members, member('d', 'unjudged')])?.id).toBe('c')
  expect(worstMember([member('a', 'unjudged'), member('b', 'unjudged')])?.id).toBe('a')
  expect(worstMember([member('a', 'spent', -1), member('b', 'spent', -500_000)])?.id).toBe('b')
  expect(worstMember([])).toBeUndefined()
})

const any = fc.record({
  id: fc.string(),
  state: fc.constantFrom(...BUDGET_STATES),
  leftPpm: fc.integer({ max: 1_000_000 }),
})

test('it never stands better than a member that is judged, and adding one never makes it better', () => {
  const order = ['unjudged', 'healthy', 'watch', 'risk', 'spent']
  const rank = (found: Member | undefined) => order.indexOf(found?.state ?? 'unjudged')
  fc.assert(
    fc.property(fc.array(any, { minLength: 1 }), any, (members, more) => {
      const worst = worstMember(members)
      expect(members.every((each) => rank(each) <= rank(worst))).toBe(true)
      expect(rank(worstMember([...members, more]))).toBeGreaterThanOrEqual(rank(worst))
    }),
  )
})
