import type { AlertFacts, Cause, Change } from '@tabiji/core/alert'
import { ANNOTATION_KINDS, DEPLOYMENT_PHASES } from '@tabiji/core/alert'
import { SUBJECTS } from '@tabiji/core/journey'
import fc, { type Arbitrary } from 'fast-check'
import type { ToDo } from '../../ports/notifier.ts'
import { FACTS } from '../../testing/alert.ts'

type SimpleCause = Extract<Cause, { readonly kind: 'simple' }>

/** Texts as people may write them into a journeys file, and far longer ones. */
const text: Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(
    '<!channel> & <b>',
    '👩‍👩‍👧‍👦'.repeat(2_000),
    '&'.repeat(5_000),
    '\u0001'.repeat(3_000),
    'あ'.repeat(6_000),
  ),
)
const count = fc.integer({ min: 0, max: 2_000_000_000 })
const address = fc.oneof(fc.webUrl(), text, fc.constant(`https://wiki.example/${'a'.repeat(5_000)}`))

/** Any facts that the types allow, with texts of any length. */
export function anyFacts(): Arbitrary<AlertFacts> {
  const window = fc.record({ ms: fc.integer({ min: 1_000, max: 3_000_000_000 }), bad: count, valid: count })
  const budgeted = fc.record({
    kind: fc.constantFrom('trigger', 'resolve', 'withdraw'),
    episode: fc.constant('A-0042'),
    dedupKey: fc.constant(FACTS.dedupKey),
    rule: text,
    level: fc.constantFrom(1, 2, 3),
    journey: fc.record({
      name: text,
      title: fc.record({ en: text, ja: text }),
      owner: text,
      tier: fc.constantFrom(1, 2, 3),
    }),
    objective: fc.record({
      name: text,
      indicator: fc.constantFrom('availability', 'latency', 'experience'),
      step: text,
      targetPpm: fc.integer({ min: 1, max: 999_999 }),
      window: fc.oneof(
        fc.constant({ kind: 'month' as const }),
        fc.constant({ kind: 'calendar' as const, count: 2, unit: 'w' as const, from: '2026-01-05' }),
        fc.constant({ kind: 'rolling' as const, ms: 2_592_000_000 }),
      ),
    }),
    cause: fc.oneof(
      fc.record({ kind: fc.constant('burn' as const), factorMilli: count, long: window, short: window }),
      fc.record({ kind: fc.constant('milestone' as const), percent: fc.integer({ min: 1, max: 100 }) }),
    ),
    budget: fc.record({ bad: count, valid: count, leftPpm: fc.integer({ min: -2_000_000_000, max: 1_000_000 }) }),
    worstStep: fc.record({ name: text, bad: count, ofBad: count }),
    worstDependencies: fc.array(fc.record({ service: text, step: text, bad: count, valid: count }), { maxLength: 3 }),
    startedAt: fc.integer({ min: 0, max: FACTS.at }),
    at: fc.integer({ min: FACTS.at, max: FACTS.at * 2 }),
    timeZone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'UTC'),
    runbook: address,
    link: address,
    sample: fc.constantFrom(true, false),
  })
  return fc.oneof(
    budgeted,
    fc.tuple(budgeted, explained).map(([facts, more]) => ({ ...facts, ...more })),
    fc.tuple(budgeted, foreign, text).map(([facts, cause, note]) => withoutPromise(facts, cause, note)),
    fc.tuple(budgeted, simple, text).map(([facts, cause, note]) => withoutPromise(facts, cause, note)),
  )
}

const change: Arbitrary<Change> = fc.record(
  {
    kind: fc.constantFrom(...ANNOTATION_KINDS, 'definition' as const, 'correction' as const),
    at: fc.integer({ min: 0, max: FACTS.at }),
    title: text,
    service: text,
    phase: fc.constantFrom(...DEPLOYMENT_PHASES),
    url: address,
    by: text,
  },
  { requiredKeys: ['kind', 'at'] },
)

/** What may be known of why it rang. */
const explained: Arbitrary<
  Pick<AlertFacts, 'felt' | 'outlook' | 'sureness' | 'changes' | 'firstStep' | 'runbookTitle'>
> = fc.record({
  felt: fc.array(fc.record({ step: text, failed: count, slow: count, valid: count }), { maxLength: 3 }),
  outlook: fc.oneof(
    fc.record({ kind: fc.constantFrom('spent' as const, 'never' as const, 'lasts' as const) }),
    fc.record({ kind: fc.constant('empty' as const), inMs: fc.integer({ min: 0, max: 2 ** 40 }) }),
  ),
  sureness: fc.record({
    atLeastPpm: fc.integer({ min: 0, max: 1_000_000 }),
    confidencePercent: fc.constantFrom(80, 95),
    ringsAbovePpm: count,
  }),
  changes: fc.array(change, { maxLength: 3 }),
  firstStep: text,
  runbookTitle: fc.record({ en: text, ja: text }),
})

const time = fc.integer({ min: 1, max: 2_678_400 }).map((seconds) => seconds * 1_000)

/** What somebody else may have told. */
const foreign: Arbitrary<Cause> = fc.record({
  kind: fc.constant('foreign' as const),
  name: text,
  summary: text,
  url: address,
})

/** What a simple rule may have seen. */
const simple: Arbitrary<SimpleCause> = fc.oneof(
  fc
    .record({
      above: fc.constantFrom(true, false),
      subject: fc.constantFrom(...SUBJECTS),
      limit: fc.oneof(fc.record({ count }), fc.record({ ppm: fc.integer({ min: 0, max: 1_000_000 }) })),
      windowMs: time,
      forMs: fc.option(time),
      seen: fc.record({ count, of: count }),
      step: text,
    })
    .map(({ above, subject, limit, windowMs, forMs, seen, step }): SimpleCause => {
      const condition = { kind: above ? 'above' : 'below', subject, limit, windowMs } as const
      return { kind: 'simple', condition: { ...condition, ...(forMs !== null && { forMs }) }, seen, step }
    }),
  fc
    .record({ forMs: time, unread: fc.array(text, { maxLength: 20 }) })
    .map(({ forMs, unread }): SimpleCause => ({ kind: 'simple', condition: { kind: 'absent', forMs }, unread })),
)

function withoutPromise(facts: AlertFacts, cause: Cause, note: string): AlertFacts {
  const { objective: _, budget: __, worstDependencies: ___, ...rest } = facts
  return { ...rest, cause, note }
}

/** What is to be done about it: a checklist bounds its texts. */
export function anyToDo(): Arbitrary<ToDo> {
  const item = fc.string({ unit: 'binary', minLength: 1, maxLength: 75 })
  const items = fc.array(fc.record({ en: item, ja: item }), { maxLength: 3 })
  return fc.record({ incident: fc.constant('INC-0007'), link: address, items, first: items })
}
