import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJourneys } from './document.ts'
import { OBSERVATION_SCHEMA, type Observation, timeBucketOf } from './observation.ts'
import { readObservations } from './observation-reader.ts'
import { sumObservations } from './observed.ts'
import { patchJourneys } from './patch.ts'
import { proposeSteps } from './proposal.ts'
import { chooseClasses, needed } from './proposal-class.ts'
import { proposeName } from './proposal-name.ts'

const FILE = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  measure-feet:
    objectives: { availability: 99.5 }
    steps:
      start: { http: POST /v1/scans, within: read }
`

function definitionOf(text = FILE) {
  const read = readJourneys(text, 'journeys.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.definition
}

/** As many answers as there are times. */
function seen(journey: string | undefined, route: string, times: readonly number[], more: Partial<Observation> = {}) {
  const [method = '', path = ''] = route.split(' ')
  return {
    schema: OBSERVATION_SCHEMA,
    service: 'scans',
    ...(journey !== undefined && { journey }),
    method,
    path,
    isTemplate: true,
    answered: times.length,
    refused: 0,
    failed: 0,
    times: times.map((ms) => [timeBucketOf(ms), 1] as const),
    ...more,
  } satisfies Observation
}

const propose = (...observations: readonly Observation[]) => proposeSteps(definitionOf(), sumObservations(observations))

test('a route that a journey went through becomes a step with the tightest class that leaves room', () => {
  const { steps, classes, undecided } = propose(
    seen('measure-feet', 'PUT /v1/scans/:id/photo', [120, 130, 150]),
    seen('measure-feet', 'PUT /v1/scans/:id/photo', [600]),
    seen('view-result', 'GET /v1/scans/:id', [40, 50]),
  )
  expect(steps).toMatchObject([
    { journey: 'measure-feet', step: 'put-photo', within: 'write', answered: 4 },
    { journey: 'view-result', step: 'get-scans-id', within: 'read', answered: 2 },
  ])
  expect(steps[0]?.times.p50).toSatisfy((ms: number) => ms >= 130 && ms < 130 * 1.1)
  expect(steps[0]?.times.p99).toBeGreaterThanOrEqual(600)
  expect([classes, undecided]).toEqual([[], []])
})

test('a time that no class is long enough for brings a class, until there are five', () => {
  const { steps, classes } = propose(
    seen('a', 'GET /fast', [5]),
    seen('a', 'GET /long', [25_000]),
    seen('a', 'GET /longer', [100_000]),
    seen('a', 'GET /longest', [300_000]),
  )
  expect(classes).toEqual([
    { name: 'within-1m', ms: 60_000 },
    { name: 'within-10m', ms: 600_000 },
  ])
  expect(steps.map(({ within }) => within)).toEqual(['read', 'within-1m', 'within-10m', 'within-10m'])
  const { choose, added } = chooseClasses({ a: 1, b: 2, c: 3, d: 4, e: 5 }, [10])
  expect([choose(10), added]).toEqual([{ within: '50ms', withinMs: 50, isNewClass: false }, []])
})

test('what a person has to decide is not decided', () => {
  const { steps, undecided } = propose(
    seen('measure-feet', 'POST /v1/scans', [10]),
    seen('view-result', 'POST /v1/scans', [10], { step: { journey: 'measure-feet', step: 'start' } }),
    seen('a', 'GET /session/:id', [10]),
    seen('b', 'GET /session/:key', [10]),
    seen(undefined, 'GET /health', [10]),
    seen('a', 'OPTIONS /v1/scans', [1]),
    seen('a', 'GET /nowhere', [], { refused: 3 }),
    seen('a', 'GET /app.js', [3]),
    seen('a', 'GET /files/*path', [3]),
  )
  expect(steps).toEqual([])
  expect(undecided.map(({ method, path, why }) => `${method} ${path} ${why}`)).toEqual([
    'POST /v1/scans belongs to measure-feet/start already, and a request belongs to one step',
    'POST /v1/scans belongs to measure-feet/start already, and a request belongs to one step',
    'GET /session/:id was seen in a and b; it can belong to one',
    'GET /session/:key was seen in a and b; it can belong to one',
    'GET /health was seen while no journey was named',
    'OPTIONS /v1/scans is asked by browsers on their own',
    'GET /nowhere was never answered below 400',
    'GET /app.js looks like a file, not like something that a user does',
    'GET /files/*path is no route that a journeys file can hold',
  ])
})

test('a declared step is shown beside its promise, which is never changed', () => {
  const start = { step: { journey: 'measure-feet', step: 'start' } }
  const room = (ms: number) => propose(seen('measure-feet', 'POST /v1/scans', [ms], start)).measured[0]?.room
  expect([100, 280, 400].map(room)).toEqual(['enough', 'little', 'none'])
})

test('names are names, and differ', () => {
  expect(proposeName('GET', '/', new Set())).toBe('get')
  expect(proposeName('GET', '/API/v2/Foot_Scans/:scanId', new Set())).toBe('get-foot-scans-scanid')
  expect(proposeName('GET', '/x', new Set(['get-x', 'get-x-2']))).toBe('get-x-3')
  fc.assert(
    fc.property(fc.constantFrom('GET', 'POST'), fc.string(), (method, path) => {
      expect(proposeName(method, `/${path}`, new Set())).toMatch(/^[a-z][a-z0-9-]{0,62}$/)
    }),
  )
})

test('whatever was observed, the patched file can be read and holds every proposal', () => {
  const segment = fc.constantFrom('scans', 'Fuß', ':id', 'v1', 'a.b', 'x_y', "it's", '"', '#', '{}', '\\', '%20', '-')
  const route = fc.tuple(fc.constantFrom('GET', 'POST', 'TRACE'), fc.array(segment, { maxLength: 4 }))
  const one = fc.tuple(
    fc.constantFrom('measure-feet', 'new-one', undefined),
    route,
    fc.array(fc.integer({ min: 1, max: 900_000 })),
  )
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (given) => {
      const proposal = propose(
        ...given.map(([name, [method, parts], times]) => seen(name, `${method} /${parts.join('/')}`, times)),
      )
      const patched = definitionOf(patchJourneys(FILE, proposal))
      for (const { journey, step, withinMs, times } of proposal.steps) {
        const found = patched.journeys.find(({ name }) => name === journey)?.steps.find(({ name }) => name === step)
        expect(found).toMatchObject({ withinMs })
        expect(withinMs).toBeGreaterThanOrEqual(needed(times.p99))
      }
      expect(patched.journeys.flatMap(({ steps }) => steps)).toHaveLength(1 + proposal.steps.length)
    }),
  )
})

test('a line that is no observation is told and left out', () => {
  const line = JSON.stringify(seen('a', 'GET /x', [3]))
  const read = readObservations(`${line}\n\n${line.slice(0, 40)}\n{"schema":"other"}\n${line}`)
  expect(read.observations).toHaveLength(2)
  expect(read.refused).toMatchObject([
    { line: 3, message: 'Expected one JSON object on the line' },
    { line: 4, message: expect.stringContaining('Expected `schema` to be "tabiji.observation/v1"') },
  ])
  fc.assert(fc.property(fc.string(), (text) => readObservations(text).observations.length === 0))
  fc.assert(fc.property(fc.json(), (text) => readObservations(text).observations.length === 0))
})
