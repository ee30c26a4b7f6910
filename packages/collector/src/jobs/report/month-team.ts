import { foldSilence, labelsOf, matchesAll } from '@tabiji/core/alert'
import { foldFix } from '@tabiji/core/fix'
import type { Definition } from '@tabiji/core/journey'
import { isFixOf, isHurt, journeysOf, type MonthFacts, type TeamParts, teamPartsOf, teamsOf } from '@tabiji/core/report'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { DrillStore } from '../../ports/drill-store.ts'
import type { SilenceStore } from '../../ports/silence-store.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { createJudge, type Judge } from '../budget/budgets.ts'
import { incidentsIn } from '../incident/incidents.ts'
import { type MonthSources, monthFacts } from './month.ts'

/** The names of a team's journeys. */
export type Own = ReadonlySet<string>

/** What a month says otherwise of one team. @param sources narrowed to its journeys by {@link narrowStores} */
export function* teamParts(
  present: Judge,
  month: string,
  sources: MonthSources,
  own: Own,
  now: number,
): Generator<void, TeamParts, void> {
  // Its journeys stand in the facts of all: earlier months are looked up once, and not for every team.
  const narrow = (judge: Judge) => narrowJudge(judge, own)
  const services = new Set(
    present.ledger.books.accounts.flatMap(({ journey, service }) => (own.has(journey) ? [service] : [])),
  )
  const doubts: MonthSources['doubts'] = (range) => sources.doubts(range).filter(({ service }) => services.has(service))
  return teamPartsOf(yield* monthFacts(present, month, { ...sources, doubts, kept: () => [], narrow }, now))
}

/** The facts with the parts of every team: for a month that is frozen or put aside, because later nobody can work them out. */
export function* withTeamParts(
  facts: MonthFacts,
  partsOf: (own: Own) => Generator<void, TeamParts, void>,
): Generator<void, MonthFacts, void> {
  const teams = teamsOf(facts)
  if (teams.length === 0 || facts.teamParts !== undefined) return facts
  const parts: [team: string, parts: TeamParts][] = []
  for (const team of teams) parts.push([team, yield* partsOf(journeysOf(facts, team))])
  return { ...facts, teamParts: Object.fromEntries(parts) }
}

/** The same books, judged by the journeys of a team alone. */
function narrowJudge({ definition, ledger, revisions, exclusions, slices }: Judge, own: Own): Judge {
  const narrowed: Definition = { ...definition, journeys: definition.journeys.filter(({ name }) => own.has(name)) }
  return createJudge(narrowed, ledger, revisions, exclusions.tried(), slices)
}

type Books = {
  readonly alerts: AlertStore
  readonly work: WorkStore
  readonly silences: Pick<SilenceStore, 'histories'>
  readonly drills: Pick<DrillStore, 'list' | 'episodesOf'>
}

/** The same stores, that know of nothing which does not concern the journeys of a team. @param zone of the file */
export function narrowStores<Stores extends Books>(stores: Stores, own: Own, zone: string, now: number): Stores {
  const { alerts, work, silences, drills } = stores
  const isOurs = ({ facts }: EpisodeRecord) => own.has(facts.journey.name)
  const journeyOf = remembering((id) => alerts.findEpisode(id)?.facts.journey.name)
  return {
    ...stores,
    alerts: {
      ...alerts,
      episodesSince: (time: number) => alerts.episodesSince(time).filter(isOurs),
      transitionsBetween: (from: number, to: number) =>
        alerts.transitionsBetween(from, to).filter(({ episode }) => own.has(journeyOf(episode) ?? '')),
    },
    work: narrowWork(work, own, zone, now),
    silences: {
      ...silences,
      histories: () =>
        silences.histories().filter((history) => {
          const silence = foldSilence(history)
          if (silence === undefined) return false
          const to = Math.min(silence.to, silence.ended?.at ?? silence.to)
          return alerts
            .episodesSince(silence.from)
            .some(
              (record) =>
                isOurs(record) && record.episode.startedAt < to && matchesAll(silence.matchers, labelsOf(record.facts)),
            )
        }),
    },
    drills: { ...drills, list: () => drills.list().filter(({ plan }) => own.has(plan.journey)) },
  }
}

function narrowWork(work: WorkStore, own: Own, zone: string, now: number): WorkStore {
  const known = new Map(incidentsIn(work).map((incident) => [incident.key, incident]))
  // What was merged is what it was merged into, and its history tells what that one was before.
  const hurtBy = (key: string): readonly string[] | undefined => {
    const incident = known.get(key)
    return incident?.merged === undefined ? incident?.journeys : hurtBy(incident.merged.into)
  }
  return {
    ...work,
    incidentHistories: () => work.incidentHistories().filter(({ key }) => isHurt(hurtBy(key) ?? NOBODY, own)),
    fixHistories: () =>
      work.fixHistories().filter((history) => {
        const fix = foldFix(history, now, zone)
        return fix !== undefined && isFixOf(fix, own, hurtBy)
      }),
  }
}

/** An incident that names no journey hurts all; one that is not known hurts none. */
const NOBODY = ['']

function remembering(find: (id: string) => string | undefined): (id: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (id) => {
    if (!known.has(id)) known.set(id, find(id))
    return known.get(id)
  }
}
