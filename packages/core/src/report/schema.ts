import { z } from 'zod'
import { CORRECTION_CATEGORIES } from '../budget/index.ts'
import { FIX_KINDS, FIX_STATES } from '../fix/index.ts'
import { INDICATORS, NO_DATA } from '../journey/index.ts'
import { isDate, isTimeZone } from '../time/index.ts'
import { ahead } from './ahead.ts'
import { alertMonth, silenceMonth } from './alert-month.ts'
import { BUDGET_STATES, UNJUDGED } from './budget-state.ts'
import { dayTally } from './day-tally.ts'
import { definitionChange } from './definition-change.ts'
import { drillMonth } from './drill-month.ts'
import { incidentMonth } from './incident-month.ts'
import { MONTH_FACTS, type MonthFacts } from './month-facts.ts'
import { monthMark } from './month-mark.ts'
import { policyMonth } from './policy-step.ts'
import { ask, remark } from './remark.ts'
import { count, date, instant, level, month, ppm, share, text, texts } from './shapes.ts'
import { spentPart } from './spent-part.ts'
import { ageBucket, statistics } from './statistics-schema.ts'
import { trackerMonth } from './tracker-month.ts'

const zone = text.refine(isTimeZone, { error: 'an IANA time zone' })
const title = z.object({ en: text, ja: text })
const counts = z.tuple([count, count, count, count])

const window = z.union([
  z.object({ kind: z.literal('rolling'), ms: z.int().positive() }),
  z.object({ kind: z.literal('month') }),
  z.object({
    kind: z.literal('calendar'),
    count: z.int().positive(),
    unit: z.enum(['d', 'w', 'M', 'Q', 'Y']),
    from: z.string().refine(isDate, { error: 'a date' }),
  }),
])

const slices = { sliceMs: z.int().positive(), onNoData: z.literal(NO_DATA) }
const budgeting = z.union([
  z.object({ method: z.literal('timeslices'), sliceTargetPpm: z.int().min(1).max(1_000_000), ...slices }),
  z.object({ method: z.literal('ratio-timeslices'), ...slices }),
])

const part = z.object({ from: instant, to: instant, targetPpm: ppm, bad: count, valid: count })

const coverage = z.object({ readSlots: count, expectedSlots: count })

const objective = z.object({
  name: text,
  indicator: z.literal(INDICATORS),
  step: text.exactOptional(),
  targetPpm: ppm,
  window,
  estimate: z.literal(true).exactOptional(),
  budgeting: budgeting.exactOptional(),
  noData: z.object({ seconds: count, countedAs: z.literal(NO_DATA) }).exactOptional(),
  bad: count,
  valid: count,
  raw: z.object({ bad: count, valid: count }).exactOptional(),
  allowedMillionths: count,
  leftPpm: z.int().max(1_000_000).exactOptional(),
  state: z.literal(BUDGET_STATES),
  met: z.boolean().exactOptional(),
  unjudged: z.literal(UNJUDGED).exactOptional(),
  parts: z.array(part),
  coverage: coverage.exactOptional(),
  ruler: z
    .object({ estimate: z.literal(true), engine: text, bad: count, valid: count, until: instant })
    .exactOptional(),
  days: z.array(dayTally).exactOptional(),
  spent: z.array(spentPart).exactOptional(),
  before: z.array(monthMark).exactOptional(),
})

const journey = z.object({
  name: text,
  title,
  owner: text.exactOptional(),
  tier: level,
  objectives: z.array(objective),
  composites: z.array(z.object({ name: text, members: texts })).exactOptional(),
  steps: z.array(z.object({ name: text, counts })),
  coverage,
  comment: remark.exactOptional(),
  policy: policyMonth.exactOptional(),
})

const correction = z.object({
  key: text,
  category: z.literal(CORRECTION_CATEGORIES).exactOptional(),
  reason: text,
  author: text.exactOptional(),
  createdAt: instant,
  rrule: text.exactOptional(),
  objectives: texts,
  stretches: z.array(z.object({ from: instant, to: instant })),
  seconds: count,
  events: count,
})

const cohort = z.object({
  month,
  created: count,
  within: z.array(z.object({ days: count, share, matured: z.boolean() })),
})

const ticket = z.object({ tracker: text, id: text, url: text })

const openFix = z.object({
  key: text,
  title: text,
  kind: z.literal(FIX_KINDS),
  incident: text.exactOptional(),
  journey: text.exactOptional(),
  cause: text.exactOptional(),
  owner: text.exactOptional(),
  created: date,
  firstDue: date,
  due: date,
  postponements: count,
  dueIsDefault: z.literal(true).exactOptional(),
  blocked: z.object({ since: date, reason: text.exactOptional() }).exactOptional(),
  ticket: ticket.exactOptional(),
  splitFrom: text.exactOptional(),
  ageDays: count,
  overdueDays: count,
})

const fixes = z.object({
  asOf: date,
  onTime: z.object({
    share,
    accepted: count,
    notYetDue: count,
    targetPpm: ppm,
    met: z.boolean().exactOptional(),
    provisionalUntil: date.exactOptional(),
  }),
  flow: z.object({
    openAtStart: count,
    created: count,
    returned: count,
    done: count,
    dropped: count,
    openAtEnd: count,
  }),
  stock: share,
  clearance: share,
  cohorts: z.array(cohort),
  ageing: z.object({
    buckets: z.array(ageBucket),
    overdue: count,
    overdueDays: count,
    pastFirstDue: count,
    oldestDays: count.exactOptional(),
  }),
  postponed: z.object({ moves: count, fixes: count }),
  open: z.array(openFix),
  acceptedRisks: z.array(z.object({ key: text, title: text, approver: text, reason: text, until: date })),
})

const fixLine = z.object({
  key: text,
  title: text,
  kind: z.literal(FIX_KINDS),
  state: z.literal(FIX_STATES),
  incident: text.exactOptional(),
  journey: text.exactOptional(),
  owner: text.exactOptional(),
  created: date,
  firstDue: date,
  due: date,
  postponements: count,
  done: date.exactOptional(),
  blocked: z.literal(true).exactOptional(),
  ticket: ticket.exactOptional(),
})

const doubt = z.object({ service: text, from: instant, to: instant, estimate: counts })

/** What a report for one team says otherwise than that of all. */
const teamParts = z.object({
  alerts: z.array(alertMonth),
  fixes,
  fixList: z.array(fixLine).exactOptional(),
  statistics: statistics.exactOptional(),
  silences: z.array(silenceMonth).exactOptional(),
  drills: drillMonth.exactOptional(),
  corrections: z.array(correction).exactOptional(),
  doubts: z.array(doubt).exactOptional(),
})

/** The shape of a facts file. Keys that it does not name are dropped: a newer minor version may have added them. */
export const monthFactsSchema: z.ZodType<MonthFacts> = z.object({
  // The second is what months that were put aside before had written on them; nothing else about them was different.
  schema: z.literal([MONTH_FACTS, 'tabiji.month-facts/v1']).transform((): typeof MONTH_FACTS => MONTH_FACTS),
  month,
  team: text.exactOptional(),
  timeZone: zone,
  from: instant,
  to: instant,
  generatedAt: instant,
  dataUntil: instant,
  complete: z.boolean(),
  sample: z.boolean(),
  definition: z.object({
    fingerprint: text,
    revisions: z.array(definitionChange),
  }),
  journeys: z.array(journey),
  incidents: z.array(incidentMonth),
  ...teamParts.shape,
  asks: z.array(ask).exactOptional(),
  headline: remark.exactOptional(),
  ahead: ahead.exactOptional(),
  trackers: z.array(trackerMonth).exactOptional(),
  teamParts: z.record(text, teamParts).exactOptional(),
})
