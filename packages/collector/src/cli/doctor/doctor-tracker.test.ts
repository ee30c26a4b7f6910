import { expect, test } from 'vitest'
import { examineTrackers } from './doctor-tracker.ts'

test('a tracker that is away, an odd ticket and a doubtful one are told with what to do', () => {
  const aside = [
    { url: 'https://github.com/acme/shop/issues/7', why: 'its `title` is not as GitHub documents it' },
    { url: 'https://github.com/acme/shop/issues/8', why: 'it may be FIX-0003', asks: true as const },
  ]
  const away = { failingSince: '2026-10-20T10:30:00+09:00', why: 'acme/shop: Answered 503' }
  const found = examineTrackers([{ name: 'github', kind: 'github', aside, ...away }])
  expect(found.map(({ code, severity, where }) => [code, severity, where])).toEqual([
    ['DOCTOR_TRACKER', 'error', 'tracker github'],
    ['DOCTOR_TICKET', 'warning', 'https://github.com/acme/shop/issues/7'],
    ['DOCTOR_TICKET_DOUBT', 'warning', 'https://github.com/acme/shop/issues/8'],
  ])
  expect(found[0]?.what).toContain('Answered 503')
  expect(found[2]?.fix).toBe('it may be FIX-0003')
})

test('where all is read nothing is found', () => {
  expect(examineTrackers([{ name: 'github', kind: 'github', readAt: '2026-10-20T10:30:00+09:00' }])).toEqual([])
  expect(examineTrackers(undefined)).toEqual([])
})
