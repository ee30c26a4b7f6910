import {
  type AlertFacts,
  decideSilence,
  foldSilence,
  isOpen,
  labelsOf,
  matchesAll,
  type Silence,
  type SilenceCommand,
  type SilenceHistory,
  silenceStateAt,
  summarizeSilence,
  unknownSilence,
} from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import { DAY, isoIn } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { SilenceStore } from '../../ports/silence-store.ts'
import type { MatchedAlert, SilenceDetails, SilenceMatches, Silences } from '../../ports/silences.ts'
import type { Result } from '../../ports/work.ts'
import { momentAfter } from '../loop/moment.ts'

type Parts = {
  readonly store: SilenceStore
  readonly alerts: Pick<AlertStore, 'episodesSince'>
  /** The journeys file in force; a reload may change it between two commands. */
  readonly definition: () => Definition
  /** Names of all objectives, as a matcher compares them. */
  readonly now: () => number
  /** Called when a silence was added, extended or ended: what waits for one is decided again. */
  readonly onChange: () => void
}

/** Silences at work, with what the gates ask of them. */
export type SilenceDesk = Silences & {
  active(now: number): readonly Silence[]
  /** Ends those of which nothing has been open for as long as they say. @param open what is open now */
  endIdle(open: readonly AlertFacts[], now: number): void
}

/** How far back a silence is compared with what has rung. */
const BACK = 7 * DAY

export function createSilences(parts: Parts): SilenceDesk {
  const { store, alerts, definition, now, onChange } = parts
  // Everything that is in force is asked for at every evaluation, and changes with a command only.
  let folded: readonly Silence[] | undefined
  const all = () => {
    folded ??= store.histories().flatMap((history) => foldSilence(history) ?? [])
    return folded
  }
  const changed = () => {
    folded = undefined
    onChange()
  }
  /** Since when nothing has been open that a silence matches, by its key. */
  const idleSince = new Map<string, number>()
  const decide = (key: string, command: SilenceCommand, by: string | undefined, isPreview = false) => {
    const file = definition()
    const history = store.history(key)
    return decideSilence(foldSilence(history), command, {
      now: momentAfter(history.events, now()),
      ...(by !== undefined && { by }),
      key,
      keys: all().map((silence) => silence.key),
      zone: file.timeZone,
      known: namesIn(file),
      isPreview,
    })
  }
  const run = (key: string, command: SilenceCommand, by: string | undefined): Result<SilenceDetails> =>
    store.transact(() => {
      const decision = decide(key, command, by)
      if (!decision.ok) return decision
      store.append(key, decision.events)
      changed()
      return read(key)
    })
  const detailsOf = (history: SilenceHistory): SilenceDetails | undefined => {
    const silence = foldSilence(history)
    if (silence === undefined) return undefined
    const zone = definition().timeZone
    return {
      silence: summarizeSilence(silence, now(), zone),
      matches: matchesOf(silence, alerts.episodesSince(now() - BACK), now(), zone),
      history: history.events.map(({ type, at, by, ...said }) => ({
        at: isoIn(at, zone),
        ...(by !== undefined && { by }),
        what: type,
        ...('to' in said && { to: isoIn(said.to, zone) }),
        ...(said.reason !== undefined && { reason: said.reason }),
      })),
    }
  }
  const read = (key: string): Result<SilenceDetails> => {
    const value = detailsOf(store.history(key))
    if (value !== undefined) return { ok: true, value }
    return {
      ok: false,
      problems: [
        unknownSilence(
          key,
          all().map((each) => each.key),
        ),
      ],
    }
  }
  return {
    add: (request, by) => run(store.nextKey(), request, by),
    preview: (request, by) => {
      const key = store.nextKey()
      const decision = decide(key, request, by, true)
      if (!decision.ok) return decision
      const details = detailsOf({ key, events: decision.events })
      if (details === undefined) throw new Error('Expected a decision to add something, got no event')
      return { ok: true, value: { ...details, preview: true } }
    },
    change: (key, request, by) => run(key, request, by),
    list: (state) =>
      all()
        .map((silence) => summarizeSilence(silence, now(), definition().timeZone))
        .filter((told) => state === 'all' || told.state === state || (state === 'live' && isLive(told.state)))
        .reverse(),
    silence: read,
    active: (at) => all().filter((silence) => silenceStateAt(silence, at) === 'active'),
    endIdle: (open, at) => {
      const labels = open.map(labelsOf)
      for (const silence of all()) {
        if (silence.idleMs === undefined || silenceStateAt(silence, at) !== 'active') continue
        if (labels.some((each) => matchesAll(silence.matchers, each))) idleSince.delete(silence.key)
        else if (!idleSince.has(silence.key)) idleSince.set(silence.key, lastMatch(silence, alerts, at))
        const since = idleSince.get(silence.key)
        if (since === undefined || at - since < silence.idleMs) continue
        store.append(silence.key, [{ at, type: 'ended', why: 'idle' }])
        idleSince.delete(silence.key)
        changed()
      }
    },
  }
}

/** When what it matches was open last, at the earliest its own beginning: from the record, so that a restart forgets nothing. */
function lastMatch(silence: Silence, alerts: Parts['alerts'], now: number): number {
  const ends = alerts
    .episodesSince(silence.from)
    .filter(({ facts }) => matchesAll(silence.matchers, labelsOf(facts)))
    .map(({ episode }) => episode.resolvedAt ?? now)
  return Math.min(now, Math.max(silence.from, ...ends))
}

function matchesOf(
  { matchers }: Silence,
  episodes: readonly EpisodeRecord[],
  now: number,
  zone: string,
): SilenceMatches {
  const matching = episodes.filter(({ facts }) => matchesAll(matchers, labelsOf(facts)))
  const told = ({ id, rule, level, episode }: EpisodeRecord): MatchedAlert => ({
    id,
    rule,
    level,
    state: episode.state,
    startedAt: isoIn(episode.startedAt, zone),
  })
  return {
    now: matching.filter(({ episode }) => isOpen(episode)).map(told),
    lastWeek: matching.filter(({ episode }) => (episode.resolvedAt ?? now) > now - BACK).map(told),
  }
}

function isLive(state: string): boolean {
  return state === 'planned' || state === 'active'
}

function namesIn({ journeys }: Definition) {
  const owners = journeys.flatMap(({ owner }) => owner ?? [])
  return {
    journey: journeys.map(({ name }) => name),
    step: journeys.flatMap(({ steps }) => steps.map(({ name }) => name)),
    objective: journeys.flatMap(({ objectives }) => objectives.map(({ name }) => name)),
    level: ['1', '2', '3'],
    owner: owners,
    cause: ['burn', 'milestone', 'simple', 'foreign'],
  }
}
