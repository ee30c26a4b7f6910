import type { JourneyMonth, MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { emptyFacts, objective } from '../testing/facts.ts'
import type { Language } from '../words/language.ts'
import { composeReport } from './report.ts'

const common = { tier: 1, steps: [], coverage: { readSlots: 1, expectedSlots: 1 } } as const
const shop: JourneyMonth = {
  ...common,
  name: 'shop',
  title: { en: 'Shop', ja: '購入' },
  objectives: [objective({ name: 'availability' }, 100, 1_000_000), objective({ name: 'latency' }, 2_000, 1_000_000)],
}
const cart: JourneyMonth = {
  ...common,
  name: 'cart',
  title: { en: 'Cart', ja: 'カート' },
  objectives: [objective({ name: 'availability' }, 900, 1_000_000), objective({ name: 'latency' }, 0, 0)],
}

function told(members: readonly string[], language: Language = 'en'): readonly string[] {
  const facts: MonthFacts = { ...emptyFacts(), journeys: [{ ...shop, composites: [{ name: 'whole', members }] }, cart] }
  const sentences = composeReport(facts, language).blocks.flatMap((block) =>
    block.type === 'paragraph' ? block.sentences : [],
  )
  return sentences.filter((sentence) => sentence.includes('whole'))
}

test('a composite is said to stand as its worst member, of whatever journey, with that one’s verdict', () => {
  expect(told(['shop/availability', 'cart/availability'])).toEqual([
    expect.stringMatching(/^whole stands as cart\/availability, the worst of its 2: .+\.$/),
  ])
  expect(told(['cart/availability', 'shop/latency'])[0]).toContain('stands as shop/latency')
  expect(told(['cart/availability', 'shop/latency'], 'ja')).toEqual([
    expect.stringMatching(/^wholeは、2件の目標のうち最も余裕のないshop\/latencyで判定しています（.+）。$/),
  ])
})

test('members that are not judged are named, because one of them may be worse', () => {
  const members = ['shop/availability', 'cart/latency']
  expect(told(members)).toEqual([
    expect.stringContaining('stands as shop/availability'),
    'Not judged, and so not in the verdict on whole: cart/latency.',
  ])
  expect(told(members, 'ja')[1]).toBe('cart/latencyは判定できないため、wholeの判定に含まれていません。')
  expect(told(['cart/latency'])).toEqual([expect.stringContaining('stands as cart/latency')])
})
