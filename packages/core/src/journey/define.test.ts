import { expect, expectTypeOf, test } from 'vitest'
import { type Definition, defineJourneys, exportJourneys, type JourneyName, type StepName } from './index.ts'
import { resolveDocument } from './resolve.ts'
import { EXCLUDED_SHARE } from './resolve-alerts.ts'
import { staleRules } from './stale.ts'

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '20s' },
  journeys: {
    'measure-feet': {
      title: { en: 'Measure feet', ja: '足を計測する' },
      objectives: { availability: 99.5, 'process.latency': { target: 95, window: 'month' } },
      steps: {
        upload: { http: ['PUT /v1/measurements/:id/photo'], within: '2s', from: 'body', good: [404], bad: [422] },
        process: { job: true, within: 'heavy' },
      },
    },
    'view-result': { steps: { read: { http: 'GET /v1/measurements/:id', within: 'read' } } },
  },
})
type J = typeof journeys

/** Like `step()` of a recorder: the second name depends on the first. */
function stepOf<Name extends JourneyName<J>>(journey: Name, step: StepName<J, Name>): string {
  return `${journey}/${step}`
}

test('names of journeys and steps are types', () => {
  expectTypeOf<JourneyName<J>>().toEqualTypeOf<'measure-feet' | 'view-result'>()
  expectTypeOf<StepName<J, 'measure-feet'>>().toEqualTypeOf<'upload' | 'process'>()
  expect(stepOf('measure-feet', 'upload')).toBe('measure-feet/upload')
  // @ts-expect-error `read` is a step of the other journey.
  stepOf('measure-feet', 'read')
  // @ts-expect-error there is no such journey.
  stepOf('measure-foot', 'upload')
})

test('a mistake in the form of the document does not compile', () => {
  const zone = { timeZone: 'UTC' } as const
  // @ts-expect-error a target is a number.
  const target = () => defineJourneys({ ...zone, journeys: { a: { objectives: { latency: '99' }, steps: {} } } })
  expect(target).toThrow()
  // @ts-expect-error a step has a promised time.
  const promise = () => defineJourneys({ ...zone, journeys: { a: { steps: { b: { job: true } } } } })
  expect(promise).toThrow()
})

test('what was defined is a definition', () => {
  expectTypeOf(journeys).toExtend<Definition>()
  expect(journeys.journeys[0]).toEqual({
    name: 'measure-feet',
    title: { en: 'Measure feet', ja: '足を計測する' },
    tier: 2,
    objectives: [
      { name: 'availability', indicator: 'availability', targetPpm: 995_000, window: { kind: 'rolling', ms: 2_592e6 } },
      {
        name: 'process.latency',
        indicator: 'latency',
        step: 'process',
        targetPpm: 950_000,
        window: { kind: 'month' },
      },
    ],
    alerts: [EXCLUDED_SHARE, ...staleRules()],
    steps: [
      {
        name: 'upload',
        kind: 'http',
        routes: [{ method: 'PUT', path: '/v1/measurements/:id/photo' }],
        withinMs: 2000,
        clock: 'body',
        statuses: { good: [404], bad: [422], excluded: [] },
      },
      {
        name: 'process',
        kind: 'job',
        routes: [],
        withinMs: 20_000,
        clock: 'request',
        statuses: { good: [], bad: [], excluded: [] },
      },
    ],
  })
})

test('what was exported has the same fingerprint', () => {
  const read = resolveDocument(JSON.parse(exportJourneys(journeys)))
  expect(read.ok && read.definition.fingerprint).toBe(journeys.fingerprint)
})

test('a document whose names are not known to the compiler has names that are strings', () => {
  const foreign = defineJourneys(JSON.parse(exportJourneys(journeys)))
  expectTypeOf<JourneyName<typeof foreign>>().toEqualTypeOf<string>()
  expect(foreign.fingerprint).toBe(journeys.fingerprint)
})

test('an imported JSON file compiles though its values are wide', () => {
  const imported = { timeZone: 'UTC', journeys: { a: { tier: 1, steps: { b: { job: true, within: '1s' } } } } }
  expectTypeOf(imported.journeys.a.tier).toEqualTypeOf<number>()
  const defined = defineJourneys(imported)
  expectTypeOf<StepName<typeof defined, 'a'>>().toEqualTypeOf<'b'>()
  expect(defined.journeys[0]?.tier).toBe(1)
})

test('everything that is wrong is thrown at once', () => {
  const define = () =>
    defineJourneys({
      timeZone: 'Mars/Olympus',
      classes: { write: '1s' },
      journeys: { a: { objectives: { availabilty: 100 }, steps: { b: { job: true, within: 'wirte' } } } },
    })
  expect(define).toThrowErrorMatchingInlineSnapshot(`
    [Error: The journeys cannot be used:
      Expected \`timeZone\` to be an IANA time zone such as \`Asia/Tokyo\`, got "Mars/Olympus"
      Expected \`journeys.a.objectives.availabilty\` to be below 100 (a promise of 100 % leaves no budget to divide by), got 100
      Expected \`journeys.a.steps.b.within\` to be the name of a class, or a duration such as \`2s\`, got "wirte" (did you mean "write"?)
      Expected \`journeys.a.objectives.availabilty\` to be an indicator (availability, latency, experience), or one of a step such as \`upload.latency\`, got "availabilty" (did you mean "availability"?)]
  `)
})

test('a later change of the literal changes nothing', () => {
  const literal = { timeZone: 'UTC', journeys: { a: { steps: { b: { job: true, within: '1s' } } } } }
  const defined = defineJourneys(literal)
  literal.journeys.a.steps.b.within = '9s'
  expect(exportJourneys(defined)).toContain('"within": "1s"')
})
