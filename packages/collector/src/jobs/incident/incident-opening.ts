import { isOpen } from '@tabiji/core/alert'
import { type Incident, incidentFor, incidentTitle, notAfter, type Standing } from '@tabiji/core/incident'
import { DAY, MINUTE } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Work } from '../../ports/work.ts'
import type { IncidentHistory, WorkStore } from '../../ports/work-store.ts'
import type { EpisodeBook } from '../alert/episode-book.ts'
import type { Judge } from '../budget/budgets.ts'
import { alertTimes, bookTimes, isQuiet } from './incident-times.ts'
import { incidentsIn } from './incidents.ts'

/** Which alerts open an incident (those of level 1, or none), and which join one. */
type OpeningRules = {
  readonly openOn: 'page' | 'never'
  readonly joinWithinMs: number
  /** Of the title that an incident begins with. */
  readonly language: 'en' | 'ja'
}

type OpeningParts = {
  readonly store: WorkStore
  readonly work: Pick<Work, 'openIncident' | 'changeIncident'>
  readonly alerts: Pick<AlertStore, 'findEpisode' | 'timeline' | 'outboxOf' | 'attemptsOf'>
  readonly book: EpisodeBook
  readonly rows: LedgerStore['rows']
  readonly judge: () => Judge
  readonly rules: OpeningRules
}

/** What a look came to: the incidents that pages opened or joined. */
type Opened = { readonly incident: string; readonly episode: string; readonly joined: boolean }

export type IncidentTurns = {
  /**
   * After an evaluation: gives every page that rings to an incident, and brings the times of the open incidents up to what the
   * books and the alerts say. What is known already is not recorded again, so looking twice changes nothing.
   */
  look(now: number): readonly Opened[]
}

export function createIncidentTurns(parts: OpeningParts): IncidentTurns {
  const looked: Looked = new Map()
  return {
    look: (now) => {
      const { store, book, rules } = parts
      const ringing = book.all().filter((record) => record.level === 1 && isOpen(record.episode))
      // One transaction: what was read free of an incident stays so until it is written, and a crash leaves all or nothing.
      return store.transact(() => {
        const opened = rules.openOn === 'never' ? [] : placeAll(ringing, parts)
        const watched = incidentsIn(store).filter((incident) => isWatched(incident, now))
        for (const incident of watched) bringUpToDate(incident, parts, isDue(looked, incident, parts, now))
        const keys = new Set(watched.map(({ key }) => key))
        for (const key of looked.keys()) if (!keys.has(key)) looked.delete(key)
        return opened
      })
    },
  }
}

/** Who resolves an incident may do so before its alerts are over: so long nobody knows when users were hurt no more. */
const WATCHED_AFTER_MS = DAY

function isWatched({ resolvedAt, merged, times }: Incident, now: number): boolean {
  if (merged !== undefined) return false
  return resolvedAt === undefined || (times.mitigated === undefined && now - resolvedAt <= WATCHED_AFTER_MS)
}

/** When the books were last asked about an incident, and how its alerts stood then. */
type Looked = Map<string, { readonly alerts: string; readonly at: number }>

/** A late entry may move a time; to walk back through the log at every evaluation would cost more than that is worth. */
const ASK_AGAIN_MS = 5 * MINUTE

function isDue(looked: Looked, incident: Incident, { alerts }: OpeningParts, now: number): boolean {
  const stands = JSON.stringify([
    incident.resolvedAt,
    ...recordsOf(incident, alerts).map(({ id, episode: { state, startedAt } }) => [id, state, startedAt]),
  ])
  const last = looked.get(incident.key)
  if (last !== undefined && last.alerts === stands && Math.abs(now - last.at) < ASK_AGAIN_MS) return false
  looked.set(incident.key, { alerts: stands, at: now })
  return true
}

function placeAll(ringing: readonly EpisodeRecord[], parts: OpeningParts): readonly Opened[] {
  if (ringing.length === 0) return []
  // Whoever took an alert out of an incident has decided: it is placed once only.
  const placed = new Set(parts.store.incidentHistories().flatMap(({ events }) => events.flatMap(episodesIn)))
  return ringing.filter(({ id }) => !placed.has(id)).map((record) => place(record, parts))
}

function episodesIn(event: IncidentHistory['events'][number]): readonly string[] {
  return 'episodes' in event ? (event.episodes ?? []) : []
}

function place(record: EpisodeRecord, { store, work, alerts, book, rules }: OpeningParts): Opened {
  const open = openIn(store).map((incident): Standing => {
    return { incident, rings: recordsOf(incident, alerts).map(({ facts }) => facts) }
  })
  const journeys = [record.facts.journey.name]
  // The ticket that it rose from is part of the same problem, and began before it.
  const risen = book.all().filter(({ episode }) => episode.raisedTo === record.id)
  const episodes = [record, ...risen].map(({ id }) => id)
  const found = incidentFor(record.facts, open, rules.joinWithinMs)
  const told =
    found === undefined
      ? work.openIncident({
          type: 'open',
          title: incidentTitle(record.facts, rules.language),
          level: 1,
          journeys,
          episodes,
          byAlert: true,
          drill: record.facts.drill !== undefined,
        })
      : work.changeIncident(found.key, { type: 'join', episodes, journeys, byAlert: true })
  if (!told.ok)
    throw new Error(`${record.id} got no incident: ${told.problems.map(({ message }) => message).join('; ')}`)
  return { incident: told.value.incident.key, episode: record.id, joined: found !== undefined }
}

function openIn(store: WorkStore): readonly Incident[] {
  return incidentsIn(store).filter(({ resolvedAt }) => resolvedAt === undefined)
}

function recordsOf({ episodes }: Incident, alerts: Pick<AlertStore, 'findEpisode'>): readonly EpisodeRecord[] {
  return episodes.flatMap((id) => alerts.findEpisode(id) ?? [])
}

function bringUpToDate(incident: Incident, { work, alerts, rows, judge }: OpeningParts, asksBooks: boolean): void {
  const records = recordsOf(incident, alerts)
  const isOver = incident.resolvedAt !== undefined
  const times = [
    ...(isOver ? [] : alertTimes(incident, records, alerts)),
    ...(asksBooks ? bookTimes(incident, records, rows, judge()) : []),
  ].filter(({ moment }) => !isOver || moment === 'mitigated')
  for (const told of times) {
    const time = notAfter(incident, told)
    // Nearly always nothing has changed, and a command reads all incidents to say so.
    const known = incident.times[time.moment]
    const isKnown = known?.at === time.value && (known === undefined || known.origin === time.origin)
    if (!isKnown) work.changeIncident(incident.key, { type: 'deriveTime', ...time })
  }
  // How far people are is what they said last.
  if (isOver) return
  const wasQuiet = incident.times.mitigated !== undefined
  if (isQuiet(records) && !wasQuiet && incident.status !== 'monitoring') {
    work.changeIncident(incident.key, { type: 'setStatus', status: 'monitoring', byAlert: true })
  }
  // It rings again: whoever believed the end has to look once more.
  if (!isQuiet(records) && incident.times.mitigated?.stated !== true && wasQuiet && incident.status === 'monitoring') {
    work.changeIncident(incident.key, { type: 'setStatus', status: 'investigating', byAlert: true })
  }
}
