import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseRunbook } from './choice.ts'
import type { Runbook, Scope, Symptom } from './runbook.ts'

const page = (file: string, scope: Scope = {}, reviewed?: string): Runbook => ({
  ...{ file, address: `https://wiki.example.org/${file}`, ...scope },
  ...(reviewed !== undefined && { reviewed }),
})

const PAGES = [
  page('any.md'),
  page('slow.md', { symptom: 'slow' }),
  page('checkout.md', { journey: 'checkout' }),
  page('checkout-slow.md', { journey: 'checkout', symptom: 'slow' }),
  page('pay.md', { journey: 'checkout', step: 'pay' }),
  page('pay-slow.md', { journey: 'checkout', step: 'pay', symptom: 'slow' }),
  page('search.md', { journey: 'search' }),
]

test('the order of closeness is the stated one: each page that is taken away leaves the next', () => {
  const situation = { journey: 'checkout', step: 'pay', symptoms: ['slow'] } as const
  const order: string[] = []
  let left: readonly Runbook[] = PAGES
  for (;;) {
    const { chosen } = chooseRunbook(situation, left)
    if (chosen === undefined) break
    order.push(chosen.file)
    left = left.filter((each) => each !== chosen)
  }
  expect(order).toEqual(['pay-slow.md', 'pay.md', 'checkout-slow.md', 'checkout.md', 'slow.md', 'any.md'])
  expect(left.map(({ file }) => file)).toEqual(['search.md'])
})

test('every page is told with why it was, or was not, chosen', () => {
  const { considered } = chooseRunbook({ journey: 'checkout', step: 'view', symptoms: ['error'] }, PAGES)
  expect(considered.map(({ runbook, fits, why }) => `${fits ? '+' : '-'} ${runbook.file}: ${why}`)).toEqual([
    '+ checkout.md: the closest of 2 that fit: checkout',
    '+ any.md: fits, but less closely: any alert',
    '- checkout-slow.md: written for slow, this is error',
    '- pay-slow.md: written for the step pay',
    '- pay.md: written for the step pay',
    '- search.md: written for the journey search',
    '- slow.md: written for slow, this is error',
  ])
})

test('of two that are as close the symptom that tells more goes first, then the later review, then the name', () => {
  const situation = { journey: 'checkout', symptoms: ['dependency:storage', 'slow'] } as const
  const own = page('a.md', { symptom: 'slow' }, '2026-10-20')
  const storage = page('z.md', { symptom: 'dependency:storage' })
  expect(chooseRunbook(situation, [own, storage]).chosen).toBe(storage)
  const later = page('b.md', { symptom: 'slow' }, '2026-10-21')
  const { chosen, considered } = chooseRunbook(situation, [own, later])
  expect([chosen, considered[1]?.why]).toEqual([later, 'fits as closely, but was reviewed earlier'])
  expect(chooseRunbook(situation, [{ ...later, file: 'c.md' }, later]).chosen).toBe(later)
})

test('whatever pages there are, in whatever order: each is told once, the same one is chosen, and it fits best', () => {
  const scope = fc.record(
    {
      journey: fc.constantFrom('checkout', 'search'),
      symptom: fc.constantFrom<Symptom>('slow', 'error', 'dependency:storage'),
      reviewed: fc.constantFrom('2026-10-19', '2026-10-20'),
    },
    { requiredKeys: [] },
  )
  const pages = fc
    .array(scope, { maxLength: 12 })
    .map((all) => all.map((each, i) => page(`${i}.md`, each, each.reviewed)))
  const symptoms = fc.subarray<Symptom>(['slow', 'error', 'dependency:storage'])
  fc.assert(
    fc.property(pages, symptoms, (all, met) => {
      const situation = { journey: 'checkout', symptoms: met }
      const { chosen, considered } = chooseRunbook(situation, all)
      expect(considered.map(({ runbook }) => runbook.file).toSorted()).toEqual(all.map(({ file }) => file).toSorted())
      expect(chooseRunbook(situation, all.toReversed()).chosen).toEqual(chosen)
      const fitting = all.filter(
        ({ journey, symptom }) =>
          journey !== 'search' && (symptom === undefined || (met as readonly Symptom[]).includes(symptom)),
      )
      expect(considered.filter(({ fits }) => fits)).toHaveLength(fitting.length)
      expect(chosen === undefined).toBe(fitting.length === 0)
      if (fitting.some(({ journey }) => journey === 'checkout')) expect(chosen?.journey).toBe('checkout')
    }),
  )
})
