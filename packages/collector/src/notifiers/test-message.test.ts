import type { TestFacts } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import { STARTED_AT } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const FACTS: TestFacts = {
  kind: 'test',
  receiver: 'pager',
  over: false,
  level: 3,
  by: 'mika',
  dedupKey: 'k',
  at: STARTED_AT,
  timeZone: 'Asia/Tokyo',
  sample: false,
}
const said = (language: 'en' | 'ja', facts = FACTS) => plainText(renderMessage({ facts }, language))

test('whoever is woken by it reads first that nothing has happened', () => {
  expect(said('en')).toMatch(/^🧪 TEST · pager: can this be read\?\nNothing has happened to any journey\./)
  expect(said('en')).toContain('Asked for by: mika')
  expect(said('ja')).toMatch(/^🧪 テスト・pager:届いていますか\n障害は発生していません。/)
  expect(said('ja')).toContain('依頼者: mika')
})

test('the one that the calendar asks for says so', () => {
  const { by: _, ...weekly } = { ...FACTS, weekly: true as const }
  expect(said('en', weekly)).toContain('Asked for by: the calendar')
  expect(said('ja', weekly)).toContain('依頼者: 定期テスト(毎週)')
})

test('its end says so, and a sample is marked before it', () => {
  expect(said('en', { ...FACTS, over: true })).toMatch(/^🧪 TEST is over · pager/)
  expect(said('ja', { ...FACTS, over: true, sample: true })).toMatch(/^🟦 サンプル.*・🧪 テスト終了・pager/)
})
