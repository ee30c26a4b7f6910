import { POSTMORTEM_STATES } from '@tabiji/core/incident'
import {
  ASK_STATES,
  type Ask,
  type IncidentMonth,
  type JourneyMonth,
  judgeObjective,
  type MonthFacts,
  type MonthMark,
  type ObjectiveMonth,
  policyOf,
  type SpentPart,
} from '@tabiji/core/report'
import { addMonths, datesIn, HOUR, isoIn } from '@tabiji/core/time'
import fc from 'fast-check'

/** Names without digits, so that every digit in a report is a figure. */
export const word = fc.stringMatching(/^[a-z][a-z-]{0,11}[a-z]$/)
export const sentence = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

/** What a collector tells of a month beside its counts, each of it or not: days, causes, months before, remarks, practice. */
export function anyTold(facts: MonthFacts): fc.Arbitrary<MonthFacts> {
  const at = facts.generatedAt
  const said = fc.record({ text: sentence, by: word }).map((one) => ({ ...one, at }))
  return fc
    .record({
      journeys: fc.tuple(...facts.journeys.map((journey) => anyToldJourney(facts, journey, said))),
      incidents: fc.tuple(...facts.incidents.map((incident) => anyAnswered(facts, incident))),
      acted: fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
      asks: maybe(fc.array(anyAsk(facts, said), { minLength: 1, maxLength: 4 })),
      silences: maybe(
        fc.array(fc.record({ reason: sentence, silences: fc.nat(9), seconds: fc.nat(90_000), alerts: fc.nat(9) }), {
          maxLength: 2,
        }),
      ),
      drills: maybe(anyDrills(facts)),
      headline: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, said),
      ahead: maybe(anyAhead(facts)),
      trackers: maybe(
        fc
          .record({ name: word, readAt: fc.boolean() })
          .map(({ name, readAt }) => [{ name, kind: 'github', ...(readAt ? { readAt: at } : {}) }]),
      ),
    })
    .map(({ journeys, incidents, acted, ...families }) => ({
      ...facts,
      ...present(families),
      journeys,
      incidents,
      alerts: facts.alerts.map((alert, i) => {
        const part = Math.min(alert.fired, acted[i] ?? 0)
        return part % 2 === 0 ? { ...alert, actedOn: part, atNight: alert.fired - part } : alert
      }),
    }))
}

/** Keys that have something; the schema wants the others absent. */
function present<Families extends object>(
  families: Families,
): { [Key in keyof Families]?: NonNullable<Families[Key]> } {
  return Object.fromEntries(Object.entries(families).filter(([, value]) => value !== undefined)) as never
}

type Said = fc.Arbitrary<{ readonly text: string; readonly by: string; readonly at: string }>

function anyToldJourney(facts: MonthFacts, journey: JourneyMonth, said: Said): fc.Arbitrary<JourneyMonth> {
  return fc
    .record({
      objectives: fc.tuple(...journey.objectives.map((objective) => anyToldObjective(facts, objective))),
      comment: maybe(said),
      hasPolicy: fc.boolean(),
      exception: maybe(said),
    })
    .map(({ objectives, comment, hasPolicy, exception }) => {
      const granted = exception && { reason: exception.text, by: exception.by, at: exception.at, until: lastDay(facts) }
      const policy = { ...policyOf({ objectives }), ...(granted && { exceptions: [granted] }) }
      return { ...journey, objectives, ...(comment && { comment }), ...(hasPolicy && { policy }) }
    })
}

function anyToldObjective(facts: MonthFacts, objective: ObjectiveMonth): fc.Arbitrary<ObjectiveMonth> {
  const dates = datesIn(facts.month)
  return fc
    .record({
      weights: maybe(fc.array(fc.nat(9), { minLength: 1, maxLength: dates.length })),
      shares: maybe(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 })),
      before: maybe(fc.array(fc.tuple(fc.nat(100_000), fc.nat(12), fc.boolean()), { minLength: 12, maxLength: 12 })),
    })
    .map(({ weights, shares, before }) => ({
      ...objective,
      ...(weights && { days: daysOf(objective, dates, weights, facts.complete) }),
      ...(shares && { spent: spentOf(facts, objective.bad, shares) }),
      ...(before && { before: marksOf(facts, objective, before) }),
    }))
}

/** A whole cut into as many whole parts as there are weights. */
function cut(whole: number, weights: readonly number[]): number[] {
  const sum = BigInt(weights.reduce((a, b) => a + b, 0))
  let weight = 0n
  let given = 0n
  return weights.map((one) => {
    weight += BigInt(one)
    const until = (BigInt(whole) * weight) / sum
    const part = until - given
    given = until
    return Number(part)
  })
}

function daysOf(objective: ObjectiveMonth, dates: readonly string[], some: readonly number[], complete: boolean) {
  const last = complete ? dates.length : some.length
  // Each day has some, so that no day has more bad events than events.
  const weights = Array.from({ length: last }, (_, i) => 1 + (some[i % some.length] ?? 0))
  const [bad, valid, allowed] = [objective.bad, objective.valid, objective.allowedMillionths].map((one) =>
    cut(one, weights),
  )
  return weights.map((_, i) => ({
    ...{ date: dates[i] ?? '', bad: bad?.[i] ?? 0, valid: valid?.[i] ?? 0, allowedMillionths: allowed?.[i] ?? 0 },
  }))
}

function spentOf({ from, timeZone }: MonthFacts, bad: number, shares: readonly number[]): SpentPart[] {
  const [incident = 0, alert = 0, hour = 0, drip = 0] = cut(bad, [...shares.slice(0, 3), (shares[3] ?? 0) + 1])
  const at = (hours: number) => isoIn(Date.parse(from) + hours * HOUR, timeZone)
  const parts: SpentPart[] = [
    { on: 'incident', key: 'INC-0001', bad: incident, from: at(30), to: at(31) },
    { on: 'alert', key: 'A-0001', bad: alert, from: at(50), to: at(52) },
    { on: 'unexplained', bad: hour, from: at(70), to: at(71) },
    { on: 'drip', bad: drip, days: 12 },
  ]
  return parts.filter((part) => part.bad > 0)
}

type Seed = readonly [valid: number, bad: number, exists: boolean]

/** Months before, some of them with so few bad events that they cannot be compared. */
function marksOf({ month }: MonthFacts, objective: ObjectiveMonth, seeds: readonly Seed[]): MonthMark[] {
  const coverage = { readSlots: 1, expectedSlots: 1 }
  return seeds.flatMap(([valid, few, exists], i): MonthMark[] => {
    if (!exists) return []
    const { from = '', to = '' } = objective.parts[0] ?? {}
    const bad = Math.min(valid, few)
    const judged = judgeObjective(objective, [{ from, to, targetPpm: objective.targetPpm, bad, valid }], coverage)
    const { allowedMillionths, state, met } = judged
    return [
      { month: addMonths(month, i - 12), bad, valid, allowedMillionths, state, ...(met !== undefined && { met }) },
    ]
  })
}

function anyAnswered({ timeZone }: MonthFacts, incident: IncidentMonth): fc.Arbitrary<IncidentMonth> {
  const cost = fc.record({
    journey: word,
    objective: word,
    bad: fc.nat(900),
    valid: fc.constant(900),
    budgetPpm: fc.nat(),
  })
  return fc
    .record({
      cost: maybe(fc.array(cost, { maxLength: 2 })),
      causes: maybe(fc.array(fc.record({ id: word, text: sentence, bone: fc.constant('design') }), { maxLength: 2 })),
      fixes: maybe(fc.constant(['FIX-0001'])),
      postmortem: maybe(fc.constantFrom(...POSTMORTEM_STATES)),
      roles: maybe(fc.record({ lead: word }, { requiredKeys: [] })),
      after: maybe(fc.nat(HOUR)),
    })
    .map(({ after, ...families }) => {
      const at = after !== undefined && { acknowledgedAt: isoIn(Date.parse(incident.openedAt) + after, timeZone) }
      return { ...incident, ...present(families), ...at }
    })
}

function anyAsk({ month }: MonthFacts, said: Said): fc.Arbitrary<Ask> {
  return fc.record(
    {
      key: fc.integer({ min: 1, max: 9_999 }).map((n) => `ASK-${String(n).padStart(4, '0')}`),
      month: fc.constantFrom(month, addMonths(month, -1)),
      text: sentence,
      why: sentence,
      journey: word,
      owner: word,
      due: fc.constant(`${month}-28`),
      state: fc.constantFrom(...ASK_STATES),
      answer: said,
    },
    { requiredKeys: ['key', 'month', 'text', 'state'] },
  )
}

function anyDrills({ from }: MonthFacts): fc.Arbitrary<NonNullable<MonthFacts['drills']>> {
  const held = fc.record(
    {
      ...{ key: fc.constant('D-0001'), journey: word, level: fc.constantFrom(1 as const, 2 as const) },
      ...{ what: sentence, startedAt: fc.constant(from), rangMs: fc.nat(HOUR), toldMs: fc.nat(HOUR) },
      ...{ ackedMs: fc.integer({ min: HOUR, max: 2 * HOUR }), resolvedMs: fc.integer({ min: HOUR, max: 3 * HOUR }) },
    },
    { requiredKeys: ['key', 'journey', 'level', 'what', 'startedAt'] },
  )
  return fc.record(
    {
      planned: fc.nat(4),
      tierOne: fc.record({ journeys: fc.integer({ min: 3, max: 5 }), practised: fc.nat(3) }),
      held: fc.array(held, { maxLength: 6 }),
    },
    { requiredKeys: ['tierOne', 'held'] },
  )
}

function anyAhead({ to }: MonthFacts): fc.Arbitrary<NonNullable<MonthFacts['ahead']>> {
  return fc.record({
    planned: fc.array(fc.record({ at: fc.constant(to), text: sentence, journeys: fc.array(word, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    drills: fc.array(fc.record({ journey: word, by: fc.constant(to.slice(0, 10)) }), { maxLength: 2 }),
  })
}

const lastDay = ({ month }: MonthFacts) => `${month}-28`
