import { expect, test } from 'vitest'
import { renderProblems } from '../problem/index.ts'
import { readJourneys } from './document.ts'
import { defineJourneys, exportJourneys } from './index.ts'
import { SOUND } from './testing/sound.ts'

function fingerprintOf(text: string): string {
  const read = readJourneys(text, 'journeys.yaml')
  if (!read.ok) throw new Error(renderProblems(read.problems, {}))
  return read.definition.fingerprint
}

test('a sound file has nothing to say about it', () => {
  expect(readJourneys(SOUND, 'journeys.yaml')).toMatchObject({ ok: true, warnings: [] })
})

test('a file of six thousand journeys is read', () => {
  const journey = {
    title: { en: 'Journey', ja: '旅路' },
    owner: 'team',
    runbook: 'https://wiki.example.org/runbook',
    objectives: { availability: 99.9 },
    steps: { answer: { job: true, within: 'read' } },
  }
  const journeys = Object.fromEntries(Array.from({ length: 6_000 }, (_, i) => [`journey-${i}`, journey]))
  const text = JSON.stringify({ timeZone: 'UTC', classes: { read: '300ms' }, journeys })
  // More than other texts may have.
  expect(text.length).toBeGreaterThan(1_000_000)
  const read = readJourneys(text, 'journeys.json')
  expect(read.ok && read.definition.journeys.length).toBe(6_000)
}, 30_000)

test('six different mistakes give six messages with line and column', () => {
  const six = SOUND.replace('Asia/Tokyo', 'Asia/Tokio')
    .replace('owner:', 'ownr:')
    .replace('99.5', '100')
    .replace('within: write', 'within: wirte')
    .replace('bad: [422]', 'bad: [422, 404]')
    .replace('{ job: true,', '{ job: true, http: GET /v1/scans/:id,')
  const read = readJourneys(six, 'journeys.yaml')
  expect(read.ok).toBe(false)
  if (read.ok) return
  expect(read.problems).toHaveLength(6)
  expect(renderProblems(read.problems, { 'journeys.yaml': six })).toMatchInlineSnapshot(`
    "journeys.yaml:1:11  error  Expected \`timeZone\` to be an IANA time zone such as \`Asia/Tokyo\`, got "Asia/Tokio"
        1 | timeZone: Asia/Tokio
          |           ^^^^^^^^^^

    journeys.yaml:6:5  error  Unknown key \`ownr\` in \`journeys.measure-feet\`
        4 |   measure-feet:
        5 |     title: { en: Measure feet, ja: 足を計測する }
        6 |     ownr: scan-team
          |     ^^^^
        fix: did you mean "owner"?

    journeys.yaml:10:21  error  Expected \`journeys.measure-feet.objectives.availability\` to be below 100 (a promise of 100 % leaves no budget to divide by), got 100
        8 |     tier: 1
        9 |     objectives:
       10 |       availability: 100
          |                     ^^^

    journeys.yaml:13:46  error  Expected \`journeys.measure-feet.steps.start.within\` to be the name of a class, or a duration such as \`2s\`, got "wirte"
       11 |       process.latency: { target: 95, window: month }
       12 |     steps:
       13 |       start: { http: POST /v1/scans, within: wirte }
          |                                              ^^^^^
        fix: did you mean "write"?

    journeys.yaml:14:98  error  Expected \`journeys.measure-feet.steps.upload.bad[1]\` to be a status of one list only (\`good\` has it too), got 404
       12 |     steps:
       13 |       start: { http: POST /v1/scans, within: wirte }
       14 |       upload: { http: [PUT /v1/scans/:id/photo], within: 2s, from: body, good: [404], bad: [422, 404], excluded: [429] }
          |                                                                                                  ^^^

    journeys.yaml:15:7  error  Expected \`journeys.measure-feet.steps.process\` to be a step with either \`http\` or \`job: true\` (it has both), got an object
       13 |       start: { http: POST /v1/scans, within: wirte }
       14 |       upload: { http: [PUT /v1/scans/:id/photo], within: 2s, from: body, good: [404], bad: [422, 404], excluded: [429] }
       15 |       process: { job: true, http: GET /v1/scans/:id, within: heavy }
          |       ^^^^^^^

    6 errors in 1 file. Nothing was loaded."
  `)
})

test('YAML, JSON and TypeScript give the same fingerprint', () => {
  const journeys = defineJourneys({
    journeys: {
      'measure-feet': {
        steps: {
          process: { within: '20000ms', job: true },
          upload: {
            http: 'PUT /v1/scans/:id/photo',
            within: '2s',
            from: 'body',
            excluded: [429],
            good: [404],
            bad: [422],
          },
          start: { http: ['POST /v1/scans'], within: '1s' },
        },
        objectives: {
          'process.latency': { window: 'month', target: 95 },
          availability: { target: 99.5, window: '720h' },
        },
      },
    },
    timeZone: 'Asia/Tokyo',
  })
  expect(journeys.fingerprint).toMatch(/^[0-9a-f]{16}$/)
  expect(fingerprintOf(SOUND)).toBe(journeys.fingerprint)
  expect(fingerprintOf(exportJourneys(journeys))).toBe(journeys.fingerprint)
})

test.each([
  ['en: Measure feet', 'en: Measure both feet'],
  ['scan-team', 'app-team'],
  ['runbooks.example.com', 'wiki.example.com'],
  ['tier: 1', 'tier: 3'],
  ['timeZone', 'policy: { milestones: [80] }\ntimeZone'],
])('%s → %s changes no verdict and no fingerprint', (from, to) => {
  expect(fingerprintOf(SOUND.replace(from, to))).toBe(fingerprintOf(SOUND))
})

test.each([
  ['Asia/Tokyo', 'UTC'],
  ['99.5', '99.6'],
  ['window: month', 'window: 28d'],
  ['write: 1s', 'write: 2s'],
  ['/v1/scans,', '/v2/scans,'],
  ['from: body', 'from: request'],
  ['good: [404]', 'good: [410]'],
  ['  process: { job', '  solve: { job'],
])('%s → %s changes a verdict and the fingerprint', (from, to) => {
  const changed = SOUND.replace(from, to).replace('process.latency', to.includes('solve') ? 'solve.latency' : '$&')
  expect(fingerprintOf(changed)).not.toBe(fingerprintOf(SOUND))
})

test('policies are laid over each other, the narrowest on top', () => {
  const text = SOUND.replace('classes', 'policy: { keep: 1m, guard: { badEvents: 5 } }\nclasses')
    .replace('tier: 1', 'policy: { milestones: [50], guard: { confidence: 99 } }')
    .replace('window: month', 'policy: { pairs: [{ level: 3, long: 60s, short: 5s, spends: 2.5% }] }')
  const read = readJourneys(text, 'journeys.yaml')
  if (!read.ok) throw new Error(renderProblems(read.problems, {}))
  const [availability, latency] = read.definition.journeys[0]?.objectives ?? []
  const common = { milestones: [50], guard: { badEvents: 5, confidencePercent: 99 }, keepMs: 60_000 }
  expect(availability?.policy).toMatchObject({ ...common, pairs: { length: 4 } })
  expect(latency?.policy).toEqual({
    ...common,
    pairs: [{ level: 3, longMs: 60_000, shortMs: 5000, speed: { spendsPpm: 25_000 } }],
  })
})
