import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeTargetList } from './target-list.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './testing/fuzz.ts'

const decode = (text: string, service?: string) =>
  decodeTargetList(text, { file: 'pods.json', label: 'service', ...(service !== undefined && { service }) })

const told = (text: string) => decode(text).problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)

test('a list of Prometheus, JSON or YAML, gives addresses and services', () => {
  const json = `[
  { "targets": ["10.0.0.5:9464", "[fd12::1]:9464"], "labels": { "service": "scan", "env": "prod" } },
  { "targets": ["web:443"],
    "labels": { "service": "web", "__scheme__": "https", "__metrics_path__": "/internal/metrics", "__param_part": "a b" } }
]`
  const targets = [
    { service: 'scan', url: 'http://10.0.0.5:9464/metrics' },
    { service: 'scan', url: 'http://[fd12::1]:9464/metrics' },
    { service: 'web', url: 'https://web/internal/metrics?part=a+b' },
  ]
  expect(decode(json)).toEqual({ ok: true, targets, problems: [] })
  const yaml = '- targets: [10.0.0.5:9464]\n  labels: { service: scan }\n'
  expect(decode(yaml)).toEqual({ ok: true, targets: targets.slice(0, 1), problems: [] })
})

test('an empty list is a list: all targets are gone', () => {
  expect(decode('[]')).toEqual({ ok: true, targets: [], problems: [] })
  expect(decode('')).toEqual({ ok: true, targets: [], problems: [] })
})

test('a group without the label belongs to the service of the configuration, and to none without one', () => {
  const text = '[{ "targets": ["a:1"] }]'
  expect(decode(text, 'shop')).toMatchObject({ targets: [{ service: 'shop', url: 'http://a:1/metrics' }] })
  expect(decode(text)).toMatchObject({ ok: true, targets: [] })
  expect(told(text)).toEqual([
    '1:4 Expected the label `service` to name the service, or `service` in the configuration',
  ])
})

test('what cannot be a target is left out and told with its place; the others stay', () => {
  const text = `[{ "labels": { "service": "shop" }, "targets": [
  "good:1",
  "http://whole/address",
  "user:secret@host:1",
  "169.254.169.254:80",
  "host:99999"
] }]`
  expect(decode(text)).toMatchObject({ ok: true, targets: [{ url: 'http://good:1/metrics' }] })
  expect(told(text).map((line) => line.slice(0, 30))).toEqual([
    '3:3 Expected a target as `host',
    '4:3 Expected a target as `host',
    '5:3 Expected an address that s',
    '6:3 Expected a target as `host',
  ])
  expect(told(text).join()).not.toContain('secret')
})

test.each([
  ['no list', '{ "targets": ["a:1"] }'],
  ['a list of something else', '[1, 2]'],
  ['a group without targets', '[{ "labels": {} }]'],
  ['a group with an unknown key', '[{ "targets": [], "lables": {} }]'],
  ['no JSON', '[{ "targets": ["a:1" ]'],
  ['a page', '<html><body>Log in</body></html>'],
  ['too many targets', JSON.stringify([{ targets: Array(1_001).fill('a:1') }])],
  ['too long', `[${' '.repeat(1_000_001)}]`],
  ['nested too deeply', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
])('%s is refused whole, with a place', (_, text) => {
  const list = decode(text, 'shop')
  expect(list.ok).toBe(false)
  expect(list.problems.length).toBeGreaterThan(0)
  for (const { at } of list.problems) expect(at).toMatchObject({ file: 'pods.json' })
})

test(
  'whatever the text, it ends with a value, and every target can be called',
  () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"targets"',
      ':',
      '"a:1"',
      ',',
      '"labels"',
      '- ',
      '\n',
      '\u0000',
      '&a',
      '*a',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const list = decode(given, 'shop')
        if (list.ok) for (const { url } of list.targets) expect(URL.canParse(url)).toBe(true)
        else expect(list.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: fuzzRuns(0.02) },
    )
  },
  FUZZ_TIMEOUT_MS,
)
