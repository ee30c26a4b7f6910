import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Annotation,
  beganAt,
  DEPLOYMENT_PHASES,
  type DeploymentTimes,
  mergeTimes,
  phaseOf,
  summarizeAnnotation,
} from './annotation.ts'
import { type AnnotationRequest, decideAnnotation, decideAnnotationWithdrawal } from './annotation-command.ts'

const NOW = Date.parse('2026-10-20T13:40:00+09:00')
const CONTEXT = { now: NOW, by: 'sato', zone: 'Asia/Tokyo', journeys: ['checkout', 'login'], services: ['payments'] }
const REQUEST: AnnotationRequest = { kind: 'deploy', title: ' payments@8c1f2e ', journeys: [] }

const problemsOf = (request: Partial<AnnotationRequest>) => {
  const decision = decideAnnotation({ ...REQUEST, ...request }, CONTEXT)
  return decision.ok ? [] : decision.problems.map(({ code, message, hint }) => `${code}: ${message} | ${hint ?? ''}`)
}

describe('an annotation', () => {
  test('is kept as it was said, at the time that was typed on the clocks of the zone', () => {
    const request = { ...REQUEST, at: '13:36', service: 'payments', journeys: ['login', 'login'], url: 'https://ci/1' }
    expect(decideAnnotation(request, CONTEXT)).toEqual({
      ok: true,
      events: [
        {
          kind: 'deploy',
          title: 'payments@8c1f2e',
          at: Date.parse('2026-10-20T13:36:00+09:00'),
          createdAt: NOW,
          by: 'sato',
          service: 'payments',
          journeys: ['login'],
          url: 'https://ci/1',
        },
      ],
    })
  })

  test('is refused with everything that is wrong at once', () => {
    expect(problemsOf({ title: ' ', journeys: ['chekout'], url: 'javascript:alert(1)', at: '25:00' })).toEqual([
      'ANNOTATION_TITLE: Expected `title` to have 1 to 200 characters, got nothing | ',
      'ANNOTATION_UNKNOWN_JOURNEY: Expected `journey` to be a known one, got "chekout" | did you mean "checkout"?',
      'ANNOTATION_URL: Expected `url` to begin with http:// or https:// and to have at most 2000 characters | ',
      'ANNOTATION_TIME: Expected `at` to be one instant on the clocks of Asia/Tokyo, got "25:00" | write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00',
    ])
    expect(problemsOf({ service: 'payment' })).toEqual([
      'ANNOTATION_UNKNOWN_SERVICE: Expected `service` to be a known one, got "payment" | did you mean "payments"?',
    ])
    expect(problemsOf({ service: 'zzz' })[0]).toContain('| known: payments')
    expect(problemsOf({ service: 'zzz', journeys: ['login'] })).toEqual([])
  })

  test('may lie in the past, and by a clock that is a little ahead, but not in the future', () => {
    expect(problemsOf({ at: '2026-10-20T13:44:00+09:00' })).toEqual([])
    expect(problemsOf({ at: '2026-10-20T13:46:00+09:00' })).toEqual([
      'ANNOTATION_TIME: Expected `at` to be at or before now, got 2026-10-20T13:46:00+09:00 | ',
    ])
    expect(problemsOf({ at: '2025-01-01T00:00:00Z' })[0]).toContain('within the last 400 days')
  })

  test.each([
    ['http://x', true],
    ['https://ci.example/builds/1?a=b#c', true],
    ['ftp://ci', false],
    ['https://', false],
    ['https:///path', false],
    ['https://ci\n', false],
    [`https://ci/${'a'.repeat(2_000)}`, false],
  ])('has the address %j: %j', (url, kept) => {
    expect(problemsOf({ url }).length === 0).toBe(kept)
  })

  test('is withdrawn once, with a reason', () => {
    const annotation: Annotation = { key: 'ANN-0001', kind: 'note', title: 'n', at: NOW, createdAt: NOW, journeys: [] }
    const context = { now: NOW, by: 'abe', key: 'ANN-0001', zone: 'Asia/Tokyo' }
    expect(decideAnnotationWithdrawal(annotation, ' wrong one ', context)).toEqual({
      ok: true,
      events: [{ at: NOW, by: 'abe', reason: 'wrong one' }],
    })
    const codes = (current: Annotation | undefined, reason: string) => {
      const decision = decideAnnotationWithdrawal(current, reason, context)
      return decision.ok ? [] : decision.problems.map(({ code }) => code)
    }
    expect(codes(undefined, 'x')).toEqual(['ANNOTATION_UNKNOWN'])
    expect(codes({ ...annotation, withdrawn: { at: NOW, reason: 'x' } }, '')).toEqual([
      'ANNOTATION_REASON',
      'ANNOTATION_WITHDRAWN',
    ])
  })

  test('leaves the process as plain JSON, with how far its deployment has come', () => {
    const annotation: Annotation = {
      ...{ key: 'ANN-0001', kind: 'deploy', title: 't', at: NOW, createdAt: NOW, journeys: ['checkout'] },
      deployment: { announced: NOW - 1, running: NOW },
    }
    expect(summarizeAnnotation(annotation, 'Asia/Tokyo')).toEqual({
      ...{ key: 'ANN-0001', state: 'active', kind: 'deploy', title: 't', journeys: ['checkout'], phase: 'running' },
      ...{ at: '2026-10-20T13:40:00+09:00', createdAt: '2026-10-20T13:40:00+09:00' },
    })
  })
})

describe('a deployment that is told of in parts', () => {
  const times: fc.Arbitrary<DeploymentTimes> = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...DEPLOYMENT_PHASES), fc.integer({ min: 0, max: 1_000 })), {
      selector: ([phase]) => phase,
    })
    .map(Object.fromEntries)

  test('comes to the same in every order, and with repetitions', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 6 }), fc.nat(), (told, seed) => {
        const all = told.reduce(mergeTimes)
        const shuffled = told.toSorted((a, b) => JSON.stringify(a).length * seed - JSON.stringify(b).length * 7)
        expect([...shuffled, ...told].reduce(mergeTimes)).toEqual(all)
        expect(mergeTimes(all, all)).toEqual(all)
      }),
    )
  })

  test('began when it ran, else when it was announced, and is done when that was last', () => {
    expect(beganAt({ announced: 1, running: 3, done: 5 })).toBe(3)
    expect(beganAt({ announced: 1, done: 5 })).toBe(1)
    expect(beganAt({ done: 5 })).toBe(5)
    expect(phaseOf({ announced: 1, running: 2 })).toBe('running')
    expect(phaseOf({ failed: 4, done: 9 })).toBe('done')
    expect(phaseOf({ failed: 9, done: 4 })).toBe('failed')
    expect(phaseOf({})).toBeUndefined()
  })
})
