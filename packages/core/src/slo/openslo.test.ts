import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OpenSloRead, readOpenSlo, writeOpenSlo } from './openslo.ts'
import { openSloDocuments } from './testing/openslo.ts'

/** The long run belongs to `npm run test:full`. */
const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 5_000 : 50 }

const documentsIn = (read: OpenSloRead) => (read.ok ? read.documents.map(({ document }) => document) : read.problems)
const messagesIn = (read: OpenSloRead) =>
  (read.ok ? read.warnings : read.problems).map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)

const SLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: search }
spec:
  service: shop
  indicator:
    metadata: { name: search }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: good } } }
        total: { metricSource: { type: Prometheus, spec: { query: total } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`

test('every document is read as it was written, without a warning', () => {
  fc.assert(
    fc.property(openSloDocuments, (documents) => {
      const read = readOpenSlo(writeOpenSlo(documents), 'slo.yaml')
      expect(documentsIn(read)).toEqual(documents)
      expect(messagesIn(read)).toEqual([])
    }),
    RUNS,
  )
})

test('whatever is damaged, it is read or told with a place', () => {
  const damaged = fc.tuple(openSloDocuments, fc.nat(), fc.nat(40), fc.string({ unit: 'binary', maxLength: 8 }))
  fc.assert(
    fc.property(damaged, ([documents, at, length, instead]) => {
      const text = writeOpenSlo(documents)
      const from = at % text.length
      const read = readOpenSlo(text.slice(0, from) + instead + text.slice(from + length), 'slo.yaml')
      if (read.ok) return
      expect(read.problems.length).toBeGreaterThan(0)
      expect(read.problems.every((problem) => problem.at?.file === 'slo.yaml')).toBe(true)
    }),
    RUNS,
  )
})

describe('what the specification, its examples and its SDK disagree about is taken, with a warning', () => {
  const deviations: readonly (readonly [string, string, string, string, unknown])[] = [
    [
      'an operator of a ratio',
      '{ target: 0.99 }',
      '{ target: 0.99, op: gt }',
      '15:36 `op` has no meaning for a ratio and is left out',
      { objectives: [{ target: 0.99 }] },
    ],
    [
      'no time window',
      '  timeWindow: [{ duration: 28d, isRolling: true }]\n',
      '',
      '4:1 No `timeWindow`: 30 days, rolling, are taken',
      { timeWindow: [{ duration: '30d', isRolling: true }] },
    ],
    [
      'no budgeting method',
      '  budgetingMethod: Occurrences\n',
      '',
      '4:1 No `budgetingMethod`: Occurrences is taken',
      { budgetingMethod: 'Occurrences' },
    ],
    [
      'a month written as a minute',
      'isRolling: true',
      "isRolling: false, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC }",
      '13:28 A calendar window of `28m` is shorter than a day',
      { timeWindow: [{ duration: '28m' }] },
    ],
    [
      'another spelling of a method',
      'budgetingMethod: Occurrences',
      'budgetingMethod: TimeSlices',
      '14:20 `TimeSlices` is taken as Timeslices',
      { budgetingMethod: 'Timeslices' },
    ],
    [
      'a slice in minutes',
      '{ target: 0.99 }',
      '{ target: 0.99, timeSliceWindow: 5 }',
      '15:49 `5` is taken as minutes',
      { objectives: [{ timeSliceWindow: '5m' }] },
    ],
    [
      'a key that nobody knows',
      'service: shop',
      'service: shop\n  owner: me',
      '6:3 Unknown key `owner` in `spec`',
      { service: 'shop' },
    ],
  ]
  test.each(deviations)('%s', (what, right, written, warning, spec) => {
    let text = SLO.replace(right, written)
    if (what.startsWith('a month')) text = text.replace('28d', '28m')
    if (what.startsWith('another'))
      text = text.replace('{ target: 0.99 }', '{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 5m }')
    expect(text).not.toBe(SLO)
    const read = readOpenSlo(text, 'slo.yaml')
    expect(messagesIn(read)).toEqual([warning])
    const [document] = documentsIn(read)
    expect(document).toMatchObject({ kind: 'SLO', spec })
    // What was forgiven is written so that nothing needs to be.
    expect(
      messagesIn(readOpenSlo(read.ok ? writeOpenSlo(read.documents.map((each) => each.document)) : '', 'slo.yaml')),
    ).toEqual(what.startsWith('a month') ? [expect.stringContaining('A calendar window of `28m`')] : [])
  })

  test('a condition without a kind, and one that rings while all is well', () => {
    const read = readOpenSlo(
      `apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: fast }
spec:
  conditions:
    - metadata: { name: burns }
      spec: { severity: page, condition: { op: lte, threshold: 2, lookbackWindow: 1h } }
  notificationTargets: [{ targetRef: pager }]
`,
      'slo.yaml',
    )
    expect(messagesIn(read)).toEqual([
      '6:7 No `kind`: AlertCondition is taken',
      '7:31 No `kind`: burnrate is taken',
      '7:48 A burn rate that alerts by `lte` rings while all is well',
    ])
    expect(documentsIn(read)).toMatchObject([
      { spec: { conditions: [{ kind: 'AlertCondition', spec: { condition: { kind: 'burnrate' } } }] } },
    ])
  })
})

describe('what is wrong is told at once, with its place', () => {
  test('in several documents of one file', () => {
    const text = `${SLO.replace('0.99', '99').replace('28d', '28 days').replace('search', 'Search')}---
apiVersion: openslo/v1
kind: Servcie
metadata: { name: shop }
---
apiVersion: openslo/v1alpha
kind: SLO
`
    expect(messagesIn(readOpenSlo(text, 'slo.yaml'))).toEqual([
      '3:19 Expected `metadata.name` to be a name of at most 63 small letters, digits and hyphens that begins and ends with a letter or a digit, got "Search"',
      '13:28 Expected `spec.timeWindow[0].duration` to be a duration such as `5m`, `1h`, `30d` or `1M` (`m` is a minute, `M` a month), got "28 days"',
      '15:26 Expected `spec.objectives[0].target` to be a number from 0 and below 1, such as 0.995, got 99',
      '18:7 Expected `kind` to be a kind of document, got "Servcie"',
      '21:13 Expected `apiVersion` to be "openslo/v1", got "openslo/v1alpha"',
    ])
  })

  test.each([
    [
      'two ways to state a target',
      '{ target: 0.99 }',
      '{ target: 0.99, targetPercent: 99 }',
      'one of `target` and `targetPercent`',
    ],
    [
      'good and bad',
      'good: {',
      'bad: { metricSource: { type: P, spec: { q: b } } }\n        good: {',
      'one of `good` and `bad`',
    ],
    [
      'two indicators',
      'service: shop',
      'service: shop\n  indicatorRef: other',
      'one of `indicator` and `indicatorRef`',
    ],
    ['slices without a length', 'Occurrences', 'RatioTimeslices', 'objectives have `timeSliceWindow`'],
    [
      'a rolling calendar',
      'isRolling: true',
      "isRolling: true, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC }",
      'either rolls or has a `calendar`',
    ],
    [
      'a zone that is none',
      'isRolling: true',
      "isRolling: false, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Asia/Tokio }",
      'an IANA time zone',
    ],
    [
      'a composite with an indicator beside it',
      '{ target: 0.99 }',
      '{ target: 0.99, indicatorRef: other }',
      'one for each objective and none beside them',
    ],
  ])('%s', (_, right, written, message) => {
    const read = readOpenSlo(SLO.replace(right, written), 'slo.yaml')
    expect(read.ok).toBe(false)
    expect(messagesIn(read).join('\n')).toContain(message)
  })

  test('two documents with one name', () => {
    expect(messagesIn(readOpenSlo(`${SLO}---\n${SLO}`, 'slo.yaml'))).toEqual([
      '19:19 There is another SLO with the name search',
    ])
  })
})
