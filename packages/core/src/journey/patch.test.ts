import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJourneys } from './document.ts'
import { patchJourneys } from './patch.ts'
import type { ProposedStep } from './proposal.ts'

const step = (journey: string, name: string, path: string, within = 'read'): ProposedStep => ({
  journey,
  step: name,
  method: 'GET',
  path,
  within,
  withinMs: 300,
  isNewClass: false,
  isTemplate: true,
  answered: 40,
  times: { p50: 11.3, p95: 40.2, p99: 87 },
})

const FILE = `# Owned by the scan team.
timeZone: Asia/Tokyo      # months are cut in it

classes: { read: 300ms,   write: 1s, heavy: 20s }   # three are enough
journeys:
  # what the business lives on
  measure-feet:
    title: { en: Measure feet, ja: 足を計測する }
    objectives: { availability: 99.5 }
    steps:
      start:   { http: POST /v1/scans, within: write }   # the camera opens
      upload:
        http: PUT /v1/scans/:id/photo
        within: write     # the customer's radio

  view-result:
    objectives: { availability: 99.9 }
    steps: { read: { http: 'GET /v1/scans/:id', within: read } }   # flow
# the end
`

test('steps, classes and journeys go in, and every line that stood there stays', () => {
  const patched = patchJourneys(FILE, {
    classes: [{ name: 'within-30s', ms: 30_000 }],
    steps: [
      step('measure-feet', 'get-progress', '/v1/scans/:id/progress'),
      step('view-result', 'get-history', '/v1/history'),
      step('buy-shoes', 'get-shop', '/shop', 'within-30s'),
      step('measure-feet', 'get-tips', '/v1/tips', 'write'),
    ],
  })
  expect(patched).toBe(
    FILE.replace('heavy: 20s }', 'heavy: 20s, within-30s: 30s }')
      .replace(
        "# the customer's radio\n",
        `# the customer's radio
      get-progress: { http: "GET /v1/scans/:id/progress", within: read } # proposed: 40 requests, p50 11 ms, p95 40 ms, p99 87 ms
      get-tips: { http: "GET /v1/tips", within: write } # proposed: 40 requests, p50 11 ms, p95 40 ms, p99 87 ms\n`,
      )
      .replace(
        'within: read } }   # flow\n',
        `within: read }, get-history: { http: "GET /v1/history", within: read } }   # flow
  buy-shoes:
    steps:
      get-shop: { http: "GET /shop", within: within-30s } # proposed: 40 requests, p50 11 ms, p95 40 ms, p99 87 ms\n`,
      ),
  )
  expect(readJourneys(patched, 'journeys.yaml')).toMatchObject({ ok: true })
})

test.each([
  ['without classes', 'timeZone: Asia/Tokyo # here\njourneys: { a: { steps: { x: { http: GET /x, within: 1s } } } }\n'],
  [
    'with a comma and a comment at the end',
    'timeZone: UTC\njourneys:\n  a:\n    steps: {\n      x: { http: GET /x, within: 1s }, # one\n    }\n',
  ],
  [
    'with a comment at the end',
    'timeZone: UTC\njourneys:\n  a:\n    steps: {\n      x: { http: GET /x, within: 1s } # one\n    }\n',
  ],
  [
    'without a line break at the end',
    'timeZone: UTC\njourneys:\n  a:\n    steps:\n      x: { http: GET /x, within: 1s }',
  ],
  [
    'with the line breaks of Windows',
    'timeZone: UTC\r\njourneys:\r\n  a:\r\n    steps:\r\n      x: { http: GET /x, within: 1s } # x\r\n',
  ],
  ['with an anchor', 'timeZone: UTC\njourneys:\n  a:\n    steps: &s\n      x: { http: GET /x, within: 1s }\n'],
  ['as JSON', '{"timeZone":"UTC","journeys":{"a":{"steps":{"x":{"http":"GET /x","within":"1s"}}}}}'],
])('a file %s can be read afterwards, and has both', (_what, text) => {
  const steps = [step('a', 'get-y', '/y', 'within-30s'), step('b', 'get-z', '/z', 'within-30s')]
  const patched = patchJourneys(text, { classes: [{ name: 'within-30s', ms: 30_000 }], steps })
  const read = readJourneys(patched, 'journeys.yaml')
  expect(read).toMatchObject({
    ok: true,
    definition: {
      classes: { 'within-30s': 30_000 },
      journeys: [
        { name: 'a', steps: [{ name: 'x' }, { name: 'get-y', withinMs: 30_000 }] },
        { name: 'b', steps: [{ name: 'get-z' }] },
      ],
    },
  })
})

test('nothing proposed changes nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => patchJourneys(text, { steps: [], classes: [] }) === text))
})
