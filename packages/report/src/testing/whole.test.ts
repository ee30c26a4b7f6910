import { parseMonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { wholeFacts } from './whole.ts'

test('the whole month is one that a collector could have written', () => {
  const facts = wholeFacts()
  expect(parseMonthFacts(JSON.parse(JSON.stringify(facts)))).toEqual({ ok: true, facts })
})
