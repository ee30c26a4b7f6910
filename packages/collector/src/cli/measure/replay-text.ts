import { burnRateMilli } from '@tabiji/core/budget'
import type { Score } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { formatDuration, isoIn } from '@tabiji/core/time'
import { pairOf, type Replay, type ReplayQuery } from '../../app/replay.ts'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { table } from '../terminal/table.ts'
import { lasted, when } from '../terminal/when.ts'
import { amount, count, SAMPLE } from './ledger-text.ts'

/** What was asked, and what must be said with the answer. */
export type Told = {
  readonly file: string
  readonly definition: Definition
  readonly everyMs: number
  readonly known: ReplayQuery['knowledge']
  readonly notes: readonly string[]
}

type Alert = {
  readonly from: string
  /** Absent while it lasted at the end. */
  readonly to?: string
  /** It rang at the first turn, so it may have begun earlier. */
  readonly ongoing: boolean
  readonly level: number
  readonly journey: string
  readonly rule: string
  /** The pair that rang first, and how many times faster than sustainable its long window burnt. */
  readonly pair?: string
  readonly burnMilli?: number
  readonly reopenings: number
  readonly incidents: readonly string[]
}

/** The replay for scripts; times as people's documents have them. */
export function replayDocument(replay: Replay, { file, definition, everyMs, known, notes }: Told) {
  const { scoring, ticks, booked, sample } = replay
  const iso = (at: number) => isoIn(at, definition.timeZone)
  const alerts = alertsOf(replay, definition.timeZone)
  return {
    sample,
    journeys: file,
    fingerprint: definition.fingerprint,
    timeZone: definition.timeZone,
    from: iso(replay.from),
    to: iso(replay.to),
    everySeconds: everyMs / 1000,
    known,
    turns: ticks,
    events: booked.events,
    alerts,
    incidents: scoring.incidents.map(({ incident: { key, title, journeys }, from, foundBy }) => ({
      key,
      title,
      journeys,
      from: iso(from),
      found: foundBy.length > 0,
      foundBy: foundBy.map((i) => ({ rule: alerts[i]?.rule, at: alerts[i]?.from })),
    })),
    scores: { overall: scoring.overall, levels: scoring.levels, groups: scoring.groups },
    notes,
  }
}

function alertsOf({ episodes, scoring, firstTick }: Replay, zone: string): readonly Alert[] {
  return episodes.map(({ rule, level, episode, first }, i): Alert => {
    const { startedAt, resolvedAt, reopenings } = episode
    const pair = pairOf(first)
    const { cause, objective } = first
    return {
      from: isoIn(startedAt, zone),
      ...(resolvedAt !== undefined && { to: isoIn(resolvedAt, zone) }),
      ongoing: startedAt === firstTick,
      level,
      journey: first.journey.name,
      rule,
      ...(pair !== undefined && { pair }),
      ...(cause.kind === 'burn' &&
        objective !== undefined && { burnMilli: burnRateMilli(cause.long, objective.targetPpm) }),
      reopenings,
      incidents: scoring.belongsTo[i] ?? [],
    }
  })
}

/** The replay for people: alerts, incidents, scores, and what to know about them. */
export function replayText(replay: Replay, told: Told, output: Output): string {
  const { everyMs, file, notes } = told
  const document = replayDocument(replay, told)
  const stretch = `${when(document.from)} to ${when(document.to)}, every ${formatDuration(everyMs)}, by ${file}`
  const head = `${printable(stretch)}: ${amount(replay.booked.events, 'event')}, ${amount(document.alerts.length, 'alert')}\n`
  return [
    replay.sample ? SAMPLE : '',
    head,
    alertTable(document.alerts, output),
    incidentTable(document.incidents, output),
    scoreTable(document.scores),
    ...notes.map((note) => `note: ${printable(note)}\n`),
  ].join('')
}

function alertTable(alerts: readonly Alert[], output: Output): string {
  if (alerts.length === 0) return ''
  const rows = alerts.map(({ from, to, ongoing, level, rule, pair, burnMilli, incidents }) => [
    `${ongoing ? '≤ ' : ''}${when(from)}`,
    to === undefined ? 'still on' : lasted(from, to),
    String(level),
    rule,
    pair === undefined ? '–' : pair,
    burnMilli === undefined ? '–' : `${(burnMilli / 1000).toFixed(1)}x`,
    incidents.length > 0
      ? incidents.join(', ')
      : { text: level === 3 ? '–' : 'none', paint: (text: string) => output.style('yellow', text) },
  ])
  return `\n${table(['BEGAN', 'LASTED', 'LEVEL', 'RULE', 'PAIR', 'BURN', 'INCIDENT'], rows)}`
}

type Incidents = ReturnType<typeof replayDocument>['incidents']

function incidentTable(incidents: Incidents, output: Output): string {
  if (incidents.length === 0) return '\nno incident was recorded in this stretch\n'
  const rows = incidents.map(({ key, from, journeys, foundBy, title }) => {
    const [first] = foundBy
    const found =
      first === undefined
        ? { text: 'missed', paint: (text: string) => output.style('red', text) }
        : howSoon(from, first.at ?? from)
    return [key, when(from), found, first?.rule ?? '–', journeys.join(', ') || 'any', title]
  })
  return `\n${table(['INCIDENT', 'BEGAN', 'FOUND', 'FIRST BY', 'JOURNEYS', 'TITLE'], rows)}`
}

function howSoon(began: string, found: string): string {
  return Date.parse(found) < Date.parse(began) ? `${lasted(found, began)} before` : `after ${lasted(began, found)}`
}

function scoreTable({ overall, levels, groups }: ReturnType<typeof replayDocument>['scores']): string {
  const line = (name: string, { alerts, hits, incidents, found, precisionPpm, recallPpm }: Score) => [
    ...[name, count(alerts), count(hits), count(alerts - hits), percent(precisionPpm)],
    ...[count(incidents), count(found), count(incidents - found), percent(recallPpm)],
  ]
  const rows = [
    line('levels 1 and 2', overall),
    ...levels.map((score) => line(`level ${score.level}`, score)),
    ...groups.filter(({ alerts }) => alerts > 0).map((score) => line(score.group, score)),
  ]
  const silent = groups.filter(({ alerts }) => alerts === 0).length
  const rest = silent === 0 ? '' : `${amount(silent, 'rule or pair', 'rules and pairs')} never rang\n`
  const head = ['', 'ALERTS', 'HITS', 'FALSE', 'PRECISION', 'INCIDENTS', 'FOUND', 'MISSED', 'RECALL']
  return `\n${table(head, rows)}${rest}`
}

const percent = (ppm: number | undefined): string =>
  ppm === undefined ? '–' : `${(Math.floor(ppm / 1000) / 10).toFixed(1)} %`
