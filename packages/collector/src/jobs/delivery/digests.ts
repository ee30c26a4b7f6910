import {
  DIGEST_PERIODS,
  type DigestEntry,
  type DigestFacts,
  type DigestPeriod,
  digestItems,
  isOpen,
  NO_TEAM,
} from '@tabiji/core/alert'
import { hintFor, type Problem, problem } from '@tabiji/core/problem'
import {
  type Desk,
  dateOf,
  lastOpening,
  lastWeekly,
  MINUTE,
  nextOpening,
  nextWeekly,
  type WeeklyTime,
} from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { DigestPreview, DigestRecord, DigestStore, Digests, DigestWritten } from '../../ports/digests.ts'
import { newsRow } from './news-row.ts'

/** Who gets a digest of their own. */
export type DigestTeam = {
  readonly name: string
  readonly desk: Desk
  readonly receivers: readonly string[]
  readonly owns: (owner: string | undefined) => boolean
}

export type DigestParts = {
  readonly store: DigestStore
  readonly alerts: Pick<AlertStore, 'openEpisodes' | 'findEpisode' | 'outboxOf' | 'timeline'>
  readonly teams: () => readonly DigestTeam[]
  /** When a week is looked back on; absent: never. */
  readonly weekly?: WeeklyTime
  /** How the objective of an alert stands now. */
  readonly standing: (record: EpisodeRecord) => DigestEntry['now']
  readonly isSample: () => boolean
  /** Before that not everything was read, and what is open may be over. */
  readonly graceUntil: number
  readonly newId: () => string
  readonly now: () => number
}

/** Digests at work: looks with every evaluation whether one is due. */
export type DigestTurns = Digests & {
  /** Makes what is due, each once, whatever happens in between. @returns those that somebody is told */
  tick(now: number): readonly DigestRecord[]
}

/** A digest that comes later than that says so. */
const LATE_MS = 15 * MINUTE

/** Begins the key of a digest that somebody asked for. */
const ASKED = 'asked '

export function createDigests(parts: DigestParts): DigestTurns {
  const { store, teams, newId, now } = parts
  const checked = new Map<string, { readonly desk: Desk; readonly until: number }>()
  const find = (name: string): DigestTeam | Problem =>
    teams().find((team) => team.name === name) ?? unknownTeam(name, teams())
  return {
    tick: (at) => {
      if (at < parts.graceUntil) return []
      return teams().flatMap((team) =>
        periodsOf(parts).flatMap((period) => {
          const known = checked.get(`${period} ${team.name}`)
          // Between two openings there is nothing to look for.
          if (known !== undefined && known.desk === team.desk && at < known.until) return []
          const made = makeDue(team, period, parts, at)
          const until = nextTime(period, at + 1, team, parts)
          if (until !== undefined) checked.set(`${period} ${team.name}`, { desk: team.desk, until })
          return made === undefined ? [] : [made]
        }),
      )
    },
    show: (name) => {
      const named = name === undefined ? teams() : [find(name)]
      const [first] = named
      if (first !== undefined && 'code' in first) return { ok: false, problems: [first] }
      const shown = named.flatMap((team) => ('code' in team ? [] : [team]))
      const digests = shown.flatMap((team) => periodsOf(parts).map((period) => previewOf(team, period, parts, now())))
      return { ok: true, value: { digests } }
    },
    send: (name, period, by) => {
      const team = find(name)
      if ('code' in team) return { ok: false, problems: [team] }
      const at = now()
      const preview = previewOf(team, period, parts, at)
      const refused = refusalOf(preview)
      if (refused !== undefined) return { ok: false, problems: [refused] }
      const key = `${ASKED}${new Date(at).toISOString().slice(0, 16)}`
      const early = { early: true, ...(by !== undefined && { by }) } as const
      const written = store.write({ team: team.name, period, key, at }, () =>
        compose(team, period, { ...early, day: dateOf(at, team.desk.timeZone) }, parts, at, newId),
      )
      if (written !== undefined) return { ok: true, value: { ...preview, facts: { ...preview.facts, ...early } } }
      const message = `The digest of ${name} was sent a moment ago`
      return {
        ok: false,
        problems: [problem('DIGEST_REPEATED', [], message, { hint: 'look at `tabiji digest show`' })],
      }
    },
  }
}

function periodsOf({ weekly }: DigestParts): readonly DigestPeriod[] {
  return DIGEST_PERIODS.filter((period) => period === 'day' || weekly !== undefined)
}

function lastTime(period: DigestPeriod, at: number, { desk }: DigestTeam, { weekly }: DigestParts) {
  return period === 'day' ? lastOpening(at, desk) : lastWeekly(at, desk, weekly ?? {})
}

function nextTime(period: DigestPeriod, at: number, { desk }: DigestTeam, { weekly }: DigestParts) {
  return period === 'day' ? nextOpening(at, desk) : nextWeekly(at - 1, desk, weekly ?? {})
}

/**
 * Makes the digest of the last opening unless it was made. After a time in which nobody looked there is one for all that was
 * missed. Of a team that is seen for the first time nothing is due before its next opening.
 */
function makeDue(team: DigestTeam, period: DigestPeriod, parts: DigestParts, at: number): DigestRecord | undefined {
  const { store, newId } = parts
  const due = lastTime(period, at, team, parts)
  if (due === undefined) return undefined
  const key = dateOf(due, team.desk.timeZone)
  const record = { team: team.name, period, key, at }
  const last = store.last(team.name, period)
  if (last === undefined) {
    store.begin(record)
    return undefined
  }
  if (store.has(team.name, period, key)) return undefined
  const missed = Math.min(due, nextTime(period, last.at + 1, team, parts) ?? due)
  const late = at - missed > LATE_MS ? { dueAt: missed } : {}
  const written = store.write(record, () => {
    // Who asked for it before its time has read it, unless something came since.
    const isRead = last.key.startsWith(ASKED) && last.at > (lastTime(period, due - 1, team, parts) ?? 0)
    const hasNews = !isRead || awaitedBy(team, period, parts, last.at)
    return hasNews ? compose(team, period, { ...late, day: key }, parts, at, newId) : { rows: [], told: [] }
  })
  return written === undefined || written.rows.length === 0 ? undefined : { ...record, how: 'sent' }
}

function awaitedBy(team: DigestTeam, period: DigestPeriod, parts: DigestParts, since: number): boolean {
  if (period === 'week')
    return parts.store
      .noticesSince(since)
      .some(
        ({ episode, facts }) =>
          team.owns(facts.journey.owner) && Math.max(episode.startedAt, episode.resolvedAt ?? 0) >= since,
      )
  return [...parts.store.awaiting()].some((id) => {
    const owner = parts.alerts.findEpisode(id)?.facts.journey.owner
    return team.owns(owner)
  })
}

type Occasion = Pick<DigestFacts, 'dueAt' | 'early' | 'by' | 'day'>

function compose(
  team: DigestTeam,
  period: DigestPeriod,
  occasion: Occasion,
  parts: DigestParts,
  at: number,
  newId: () => string,
): DigestWritten {
  const records = recordsOf(team, period, parts, at)
  if (records.length === 0 || team.receivers.length === 0) return { rows: [], told: [] }
  const facts = factsOf(team, period, occasion, records, parts, at)
  return {
    rows: team.receivers.map((receiver) => newsRow(facts, receiver, newId())),
    told: records.map(({ id }) => id),
  }
}

function factsOf(
  team: DigestTeam,
  period: DigestPeriod,
  occasion: Occasion,
  records: readonly EpisodeRecord[],
  { standing, isSample, alerts, newId }: DigestParts,
  at: number,
): DigestFacts {
  const entries = records.map((record): DigestEntry => {
    const now = standing(record)
    const page = record.episode.raisedTo ?? pageOf(alerts, record.id)
    return { ...record, ...(now !== undefined && { now }), ...(page !== undefined && { page }) }
  })
  return {
    kind: 'digest',
    period,
    level: period === 'day' ? 2 : 3,
    ...(team.name !== NO_TEAM && { team: team.name }),
    ...occasion,
    at,
    ...digestItems(entries),
    dedupKey: newId(),
    timeZone: team.desk.timeZone,
    sample: isSample(),
  }
}

function pageOf(alerts: DigestParts['alerts'], id: string): string | undefined {
  return alerts.timeline(id).findLast(({ transition }) => transition === 'raised')?.detail?.other
}

/** What the team is told: of level 2 what waits or was told and is open, of level 3 what was known in the period. */
function recordsOf(
  team: DigestTeam,
  period: DigestPeriod,
  { store, alerts }: DigestParts,
  at: number,
): readonly EpisodeRecord[] {
  const own = ({ facts }: EpisodeRecord) => team.owns(facts.journey.owner)
  if (period === 'week') return store.noticesSince(store.last(team.name, 'week')?.at ?? at).filter(own)
  const waiting = store.awaiting()
  const known = alerts.openEpisodes().filter(({ id, level, episode, facts }) => {
    if (level !== 2 || facts.drill !== undefined || waiting.has(id)) return false
    // What a gate stops, or another system tells, has no such row.
    const isTold = alerts.outboxOf(id).some(({ state }) => state === 'digested' || state === 'delivered')
    return isTold && isOpen(episode)
  })
  const awaited = [...waiting].flatMap((id) => alerts.findEpisode(id) ?? [])
  return [...awaited, ...known].filter(own)
}

function previewOf(team: DigestTeam, period: DigestPeriod, parts: DigestParts, at: number): DigestPreview {
  const dueAt = nextTime(period, at, team, parts)
  const day = dateOf(dueAt ?? at, team.desk.timeZone)
  return {
    team: team.name,
    period,
    ...(dueAt !== undefined && { dueAt }),
    receivers: team.receivers,
    facts: factsOf(team, period, { day }, recordsOf(team, period, parts, at), parts, at),
  }
}

function refusalOf({ team, facts, receivers }: DigestPreview): Problem | undefined {
  if (receivers.length === 0) {
    const hint = 'name receivers as `ticket` in `routes`, of the team or of everybody'
    return problem('DIGEST_NOBODY', [], `Nobody is told the digest of ${team}`, { hint })
  }
  return facts.items.length === 0 ? problem('DIGEST_NOTHING', [], `There is nothing to tell ${team}`) : undefined
}

function unknownTeam(name: string, teams: readonly DigestTeam[]): Problem {
  const known = teams.map((team) => team.name)
  const hint = hintFor(name, known, 20)
  return problem('DIGEST_TEAM_UNKNOWN', [], `No team ${name} gets a digest`, hint === undefined ? {} : { hint })
}
