import {
  type DrillEvery,
  decideMember,
  foldMember,
  journeysOf,
  leadsIn,
  type Member,
  type MemberCommand,
  onboardingOf,
  type Part,
  type PracticeItem,
  type Practised,
  partsIn,
  practiceOf,
  proposeLead,
  runbooksToRead,
  strangersIn,
} from '@tabiji/core/practice'
import { hintFor, refusal } from '@tabiji/core/problem'
import { dateOf, isoIn } from '@tabiji/core/time'
import type { MemberDetails, Practice, PracticeOverview, ToldProposal } from '../../ports/practice.ts'
import type { PracticeStore } from '../../ports/practice-store.ts'
import type { Runbooks } from '../../ports/runbooks.ts'
import type { Result } from '../../ports/work.ts'
import { momentAfter } from '../loop/moment.ts'
import { type ScheduleSources, toldCoverage, toldDrills } from './drill-schedule.ts'

/** Who is a member, how often journeys are practised, and what a new member does. */
type PracticeRules = {
  readonly members: readonly Member[]
  readonly drillEvery: DrillEvery
  /** As it is at each call. */
  readonly list: () => readonly PracticeItem[]
}

type Desk = ScheduleSources & {
  readonly store: PracticeStore
  readonly runbooks: Pick<Runbooks, 'all'>
  readonly rules: PracticeRules
  readonly now: () => number
}

/** People and practice at work: gathers what core needs to know, and appends what it decided. */
export function createPractice(desk: Desk): Practice {
  return {
    overview: (journey) => overviewOf(desk, journey),
    proposal: (journey) => proposalOf(desk, journey),
    member: (name) => memberOf(desk, name),
    change: (name, command, by) => desk.store.transact(() => runMember(desk, name, command, by)),
  }
}

function overviewOf(desk: Desk, journey: string | undefined): Result<PracticeOverview> {
  const { rules, definition } = desk
  const { timeZone: zone, journeys } = definition()
  const known = journeys.map(({ name }) => name)
  if (journey !== undefined && !known.includes(journey)) {
    const problem = refusal('PRACTICE_UNKNOWN_JOURNEY', `There is no journey ${journey}`, hintFor(journey, known))
    return { ok: false, problems: [problem] }
  }
  const proposal = proposalOf(desk, journey)
  const record = recordOf(desk)
  return {
    ok: true,
    value: {
      members: practiceOf(rules.members, record.leads).flatMap((practised) => {
        const member = rules.members.find(({ name }) => name === practised.name)
        return member === undefined ? [] : [standingOf(desk, member, practised, record).member]
      }),
      others: strangersIn(rules.members, record.leads).map((each) => toldLeader(each, zone)),
      ...(proposal !== undefined && { proposal }),
      drills: toldDrills(desk, rules.drillEvery, desk.now()),
      coverage: toldCoverage(desk, desk.now()),
    },
  }
}

function proposalOf({ work, rules, definition, now }: Desk, journey: string | undefined): ToldProposal | undefined {
  const { timeZone: zone, journeys } = definition()
  const asked = { journeys, today: dateOf(now(), zone), ...(journey !== undefined && { journey }) }
  const proposal = proposeLead(rules.members, leadsIn(work.incidentHistories()), asked)
  if (proposal === undefined) return undefined
  const { last, ...rest } = proposal
  return { ...rest, ...(last !== undefined && { last: toldPart(last, zone) }) }
}

function runMember(desk: Desk, name: string, command: MemberCommand, by: string | undefined): Result<MemberDetails> {
  const { store, rules, runbooks, now } = desk
  if (!rules.members.some((member) => member.name === name)) return unknownMember(desk, name)
  const events = store.eventsOf(name)
  const decision = decideMember(foldMember(events), command, {
    now: momentAfter(events, now()),
    ...(by !== undefined && { by }),
    items: rules.list().map(({ id }) => id),
    runbooks: runbooks.all(),
  })
  if (!decision.ok) return decision
  store.append(name, decision.events)
  return memberOf(desk, name)
}

function memberOf(desk: Desk, name: string): Result<MemberDetails> {
  const member = desk.rules.members.find((each) => each.name === name)
  if (member === undefined) return unknownMember(desk, name)
  const record = recordOf(desk)
  const [practised] = practiceOf([member], record.leads)
  if (practised === undefined) throw new Error(`Expected ${name} to be counted`)
  return { ok: true, value: standingOf(desk, member, practised, record) }
}

function unknownMember({ rules }: Desk, name: string): Result<never> {
  const known = rules.members.map((each) => each.name)
  const none = 'name them in the configuration: practice: { members: [{ name: suzuki, since: 2026-10-20 }] }'
  const hint = known.length === 0 ? none : (hintFor(name, known) ?? none)
  return { ok: false, problems: [refusal('PRACTICE_UNKNOWN_MEMBER', `There is no member ${name}`, hint)] }
}

/** Of everybody, so that a list of members reads it once. */
type Record = {
  readonly leads: readonly Part[]
  readonly parts: readonly Part[]
  readonly pages: ReturnType<Runbooks['all']>
}

function recordOf({ work, runbooks }: Pick<Desk, 'work' | 'runbooks'>): Record {
  const histories = work.incidentHistories()
  return { leads: leadsIn(histories), parts: partsIn(histories), pages: runbooks.all() }
}

function standingOf(
  { store, rules, definition }: Desk,
  member: Member,
  practised: Practised,
  all: Record,
): MemberDetails {
  const { timeZone: zone, journeys } = definition()
  const theirs = (parts: readonly Part[]) => parts.filter(({ name }) => name === member.name)
  const record = foldMember(store.eventsOf(member.name))
  const own = journeysOf(member, journeys)
  const toRead = runbooksToRead(own, all.pages, record)
  const leads = theirs(all.leads)
  const { items, done } = onboardingOf(rules.list(), { record, leads, parts: theirs(all.parts), runbooks: toRead })
  return {
    member: {
      ...toldLeader(practised, zone),
      ...(member.team !== undefined && { team: member.team }),
      journeys: own,
      checklist: { done, of: items.length },
    },
    items: items.map(({ mark, auto: _, ...item }) => ({
      ...item,
      ...(mark !== undefined && { ...mark, at: isoIn(mark.at, zone) }),
    })),
    runbooks: toRead.map(({ readAt, ...each }) => ({
      ...each,
      ...(readAt !== undefined && { readAt: isoIn(readAt, zone) }),
    })),
    led: leads.toSorted((a, b) => b.at - a.at).map((part) => toldPart(part, zone)),
  }
}

function toldLeader({ last, ...rest }: Practised, zone: string) {
  return { ...rest, ...(last !== undefined && { last: toldPart(last, zone) }) }
}

function toldPart({ incident, drill, at }: Omit<Part, 'name'>, zone: string) {
  return { incident, drill, at: isoIn(at, zone) }
}
