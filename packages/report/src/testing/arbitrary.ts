import { FIX_KINDS, type FixEvent, type FixHistory } from '@tabiji/core/fix'
import { type IncidentSummary, summarizeIncident } from '@tabiji/core/incident'
import { INDICATORS } from '@tabiji/core/journey'
import {
  type AlertMonth,
  type AllowancePart,
  type CorrectionMonth,
  type DoubtMonth,
  type JourneyMonth,
  judgeObjective,
  type MonthFacts,
  type ObjectiveMonth,
} from '@tabiji/core/report'
import type { Tally } from '@tabiji/core/slo'
import { addDays, DAY, dateOf, HOUR, isoIn, MINUTE, monthRange } from '@tabiji/core/time'
import fc from 'fast-check'
import { anyTold, sentence, word } from './arbitrary-told.ts'
import { owedIn } from './owed.ts'

/** How often a property of whole months is tried; the long variant of the tests takes its time. */
export const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 400 : 25 }

/** A leap day, both clock changes of New York, a month of 31 days, and one at the edge of the date line. */
const MONTHS = ['2024-02', '2026-02', '2026-03', '2026-10', '2026-11'] as const
const ZONES = ['Asia/Tokyo', 'America/New_York', 'UTC', 'Europe/Berlin', 'Pacific/Kiritimati'] as const

const level = fc.constantFrom(1 as const, 2 as const, 3 as const)

type Span = { readonly from: number; readonly to: number; readonly zone: string }

/** Any month facts that the collector could write: judged, folded and counted by the core's own functions. */
export const anyFacts: fc.Arbitrary<MonthFacts> = fc
  .record({
    month: fc.constantFrom(...MONTHS),
    zone: fc.constantFrom(...ZONES),
    read: fc.integer({ min: 1, max: 70 * 24 }),
  })
  .chain(({ month, zone, read }) => {
    const { from, to } = monthRange(month, zone)
    const span = { from, to, zone }
    const now = from + read * HOUR
    return fc
      .record({
        complete: fc.boolean(),
        sample: fc.boolean(),
        revisions: fc.array(fc.integer({ min: from, max: to - 1 }), { maxLength: 2 }),
        journeys: fc.uniqueArray(anyJourney(span), { maxLength: 5, selector: ({ name }) => name }),
        alerts: fc.uniqueArray(anyAlert, { maxLength: 3, selector: (alert) => alert.level }),
        incidents: fc.oneof(
          fc.array(anyIncident(span), { maxLength: 7 }),
          fc.array(anyIncident(span), { minLength: 8, maxLength: 10 }),
        ),
        histories: fc.array(anyHistory(from, now), { maxLength: 8 }),
        doubts: fc.option(fc.array(anyDoubt(span), { minLength: 1, maxLength: 3 }), { nil: undefined }),
        exclusions: fc.array(anyExclusion(span), { maxLength: 3 }),
        isOld: fc.boolean(),
      })
      .map(({ complete, sample, revisions, journeys, alerts, incidents, histories, doubts, exclusions, isOld }) => ({
        schema: 'report/v1' as const,
        month,
        timeZone: zone,
        from: isoIn(from, zone),
        to: isoIn(to, zone),
        generatedAt: isoIn(now, zone),
        dataUntil: isoIn(Math.min(now, to), zone),
        complete: complete && now >= to,
        sample,
        definition: {
          fingerprint: 'abcdefabcdefabcd',
          revisions: revisions.map((at) => ({ at: isoIn(at, zone), fingerprint: 'fedcbafedcbafedc' })),
        },
        ...corrected(journeys, exclusions),
        alerts,
        incidents,
        ...counted(histories, isOld, month, zone, now),
        ...(doubts !== undefined && { doubts }),
      }))
  })
  .chain((facts: MonthFacts) => anyTold(facts))

/** What is counted of fixes; a collector that is `isOld` stored no statistics beside it. */
function counted(logs: readonly FixHistory['events'][], isOld: boolean, month: string, zone: string, now: number) {
  const histories = logs.map((events, i) => ({ key: `FIX-${String(i + 1).padStart(4, '0')}`, events }))
  const { fixes, statistics } = owedIn({ histories, incidents: [], costly: [] }, month, zone, now)
  return { fixes, ...(!isOld && { statistics }) }
}

function anyDoubt({ from, to, zone }: Span): fc.Arbitrary<DoubtMonth> {
  const times = fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
  return fc
    .record({ service: word, times, estimate: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()) })
    .map(({ service, times: [a, b], estimate }) => ({
      service,
      from: isoIn(Math.min(a, b), zone),
      to: isoIn(Math.max(a, b), zone),
      estimate,
    }))
}

function anyJourney(span: Span): fc.Arbitrary<JourneyMonth> {
  const slots = (span.to - span.from) / MINUTE
  return fc.integer({ min: 0, max: slots }).chain((missing) => {
    const coverage = { readSlots: slots - (missing % 3 === 0 ? missing : missing % 50), expectedSlots: slots }
    return fc.record(
      {
        name: word,
        title: fc.record({ en: sentence, ja: fc.constantFrom('計測', '購入', '返品の受付', 'ログイン') }),
        owner: word,
        tier: level,
        objectives: fc.array(anyObjective(span, coverage), { maxLength: 3 }),
        steps: fc.array(fc.record({ name: word, counts: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()) }), {
          maxLength: 3,
        }),
        coverage: fc.constant(coverage),
      },
      { requiredKeys: ['name', 'title', 'tier', 'objectives', 'steps', 'coverage'] },
    )
  })
}

function anyObjective(span: Span, coverage: JourneyMonth['coverage']): fc.Arbitrary<ObjectiveMonth> {
  const target = fc.oneof(
    fc.constantFrom(900_000, 990_000, 999_000, 999_500, 999_900),
    fc.integer({ min: 1, max: 999_999 }),
  )
  const counts = fc.oneof(fc.nat(3_000), fc.nat(1_000_000_000)).chain((valid) =>
    fc.record({
      targetPpm: target,
      valid: fc.constant(valid),
      bad: fc.oneof(fc.nat(6), fc.nat(Math.ceil(valid / 500)), fc.nat(valid)).map((bad) => Math.min(bad, valid)),
    }),
  )
  const window = fc.constantFrom(
    { kind: 'month' as const },
    { kind: 'calendar' as const, count: 1, unit: 'Q' as const, from: '2026-01-01' },
    { kind: 'rolling' as const, ms: 30 * DAY },
    { kind: 'rolling' as const, ms: 90 * MINUTE },
  )
  return fc
    .record({
      name: word,
      indicator: fc.constantFrom(...INDICATORS),
      step: fc.option(word, { nil: undefined }),
      window,
      estimate: fc.constantFrom(undefined, undefined, true as const),
      counts: fc.array(counts, { minLength: 1, maxLength: 3 }),
    })
    .map(({ counts, step, estimate, ...promised }) => {
      const edge = (i: number) => isoIn(span.from + ((span.to - span.from) / counts.length) * i, span.zone)
      const parts: AllowancePart[] = counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), ...count }))
      const targetPpm = parts.at(-1)?.targetPpm ?? 1
      const marks = { ...(step !== undefined && { step }), ...(estimate !== undefined && { estimate }) }
      return judgeObjective({ ...promised, ...marks, targetPpm }, parts, coverage)
    })
}

type Exclusion = { readonly correction: CorrectionMonth; readonly taken: Tally; readonly chosen: number }

/** A correction of one or several stretches, with what it takes from each of the objectives that `chosen` picks by its bits. */
function anyExclusion({ from, to, zone }: Span): fc.Arbitrary<Exclusion> {
  return fc
    .record({
      key: fc.integer({ min: 1, max: 9_999 }).map((n) => `COR-${String(n).padStart(4, '0')}`),
      reason: sentence,
      author: fc.option(word, { nil: undefined }),
      slot: fc.nat((to - from) / (5 * MINUTE) - 200),
      lengths: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
      bad: fc.nat(500),
      good: fc.integer({ min: 1, max: 5_000 }),
      chosen: fc.nat(255),
    })
    .map(({ key, reason, author, slot, lengths, bad, good, chosen }) => {
      const at = (slots: number) => isoIn(from + (slot + slots) * 5 * MINUTE, zone)
      const stretches = lengths.map((length, i) => ({ from: at(i * 50), to: at(i * 50 + length) }))
      const seconds = lengths.reduce((sum, length) => sum + length * 300, 0)
      const written = author === undefined ? {} : { author }
      const stated = {
        key,
        reason,
        ...written,
        createdAt: at(0),
        objectives: [],
        stretches,
        seconds,
        events: bad + good,
      }
      return { correction: stated, taken: { bad, valid: bad + good }, chosen }
    })
}

/** The facts of a month from which corrections took something: the raw counts are what is left and what was taken. */
function corrected(journeys: readonly JourneyMonth[], exclusions: readonly Exclusion[]) {
  const ids = journeys.flatMap(({ name, objectives }) => objectives.map((objective) => `${name}/${objective.name}`))
  const picks = (chosen: number, id: string) => (chosen >> (ids.indexOf(id) % 8)) % 2 === 1
  const corrections = exclusions
    .map(({ correction, chosen }) => ({ ...correction, objectives: ids.filter((id) => picks(chosen, id)) }))
    .filter(({ objectives }) => objectives.length > 0)
  const rawOf = (id: string, { bad, valid }: ObjectiveMonth): { readonly raw?: Tally } => {
    const taken = exclusions.filter(({ chosen }) => picks(chosen, id)).map((exclusion) => exclusion.taken)
    if (taken.length === 0) return {}
    return { raw: taken.reduce((a, b) => ({ bad: a.bad + b.bad, valid: a.valid + b.valid }), { bad, valid }) }
  }
  return {
    ...(corrections.length > 0 && { corrections }),
    journeys: journeys.map((journey) => ({
      ...journey,
      objectives: journey.objectives.map((objective) => ({
        ...objective,
        ...rawOf(`${journey.name}/${objective.name}`, objective),
      })),
    })),
  }
}

const anyAlert: fc.Arbitrary<AlertMonth> = fc.record({
  level,
  fired: fc.nat(20),
  resolved: fc.nat(20),
  stillOpen: fc.nat(3),
})

function anyIncident({ from, to, zone }: Span): fc.Arbitrary<IncidentSummary> {
  return fc
    .record({
      key: fc.integer({ min: 1, max: 9_999 }).map((n) => `INC-${String(n).padStart(4, '0')}`),
      title: sentence,
      level: fc.option(level, { nil: undefined }),
      journeys: fc.array(word, { maxLength: 3 }),
      drill: fc.boolean(),
      openedAt: fc.integer({ min: from, max: to - 1 }),
      waits: fc.tuple(fc.option(fc.nat(3 * HOUR)), fc.option(fc.nat(30 * HOUR)), fc.option(fc.nat(60 * HOUR))),
    })
    .map(({ level, waits: [started, mitigated, resolved], openedAt, ...stated }) =>
      summarizeIncident(
        {
          ...stated,
          episodes: [],
          openedAt,
          ...(level !== undefined && { level }),
          status: resolved === null ? 'investigating' : 'resolved',
          roles: {},
          times: {
            ...(started !== null && { impactStarted: { at: openedAt - started, origin: 'books' as const } }),
            ...(mitigated !== null && { mitigated: { at: openedAt + mitigated, origin: 'books' as const } }),
          },
          ...(resolved !== null && { resolvedAt: openedAt + resolved }),
        },
        zone,
      ),
    )
}

/** A fix that was added up to half a year before the month, and what happened to it until now. */
function anyHistory(from: number, now: number): fc.Arbitrary<FixHistory['events']> {
  const date = fc.integer({ min: -30, max: 90 }).map((days) => addDays(dateOf(from, 'UTC'), days))
  const happened: fc.Arbitrary<Happened> = fc.oneof(
    fc.constant({ type: 'done' as const }),
    fc.record({
      type: fc.constantFrom('reopened' as const, 'dropped' as const, 'undropped' as const),
      reason: sentence,
    }),
    fc.record({ type: fc.constant('moved' as const), due: date, reason: sentence }),
    fc.record({ type: fc.constant('accepted' as const), approver: word, reason: sentence, until: date }),
  )
  const added = fc.record(
    {
      type: fc.constant('added' as const),
      title: sentence,
      kind: fc.constantFrom(...FIX_KINDS),
      due: date,
      owner: word,
      cause: word,
      journey: word,
    },
    { requiredKeys: ['type', 'title', 'kind', 'due'] },
  )
  const start = from - 180 * DAY
  return fc
    .tuple(
      added,
      fc.array(happened, { maxLength: 4 }),
      fc.array(fc.integer({ min: start, max: now }), { minLength: 5, maxLength: 5 }),
    )
    .map(([first, later, times]) => {
      const at = times.toSorted((a, b) => a - b)
      return [first, ...later].map((event, i): FixEvent => ({ ...event, at: at[i] ?? now }))
    })
}

type Happened = FixEvent extends infer Event ? (Event extends FixEvent ? Omit<Event, 'at' | 'by'> : never) : never
