import { formatDuration } from '@tabiji/core/time'
import type { Output } from '../terminal/output.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import type { ShownSilence, ShownSilenceDetails } from './gate-answers.ts'

export function silenceTable(silences: readonly ShownSilence[], output: Output): string {
  if (silences.length === 0) return 'No silences.\n'
  const rows = silences.map((silence) => [
    silence.key,
    stateOf(silence, output),
    when(silence.from),
    when(silence.to),
    silence.owner,
    silence.matchers.join(' '),
    silence.reason,
  ])
  return table(['KEY', 'STATE', 'FROM', 'TO', 'OWNER', 'MATCHES', 'REASON'], rows)
}

/** The silence, what it keeps quiet now and would have in the last week, and everything that was recorded about it. */
export function silencePage({ silence, matches, history }: ShownSilenceDetails, output: Output): string {
  const { ended } = silence
  const facts = fields([
    ['state', stateOf(silence, output)],
    ['matches', silence.matchers.join(' ')],
    ['owner', silence.owner],
    ['from', when(silence.from)],
    ['to', when(silence.to)],
    ['until idle', silence.idleMs === undefined ? undefined : `nothing open for ${formatDuration(silence.idleMs)}`],
    ['ended', ended && `${told(ended.at, ended.by)}: ${ended.reason ?? 'nothing that it matched was open any more'}`],
  ])
  const changes = history.map(({ at, by, what, to, reason }) => [
    told(at, by),
    to === undefined ? what : `${what} until ${when(to)}`,
    reason ?? '',
  ])
  return [
    `${silence.key} ${silence.reason}\n`,
    facts,
    section('keeps quiet now', alertRows(matches.now)),
    section('rang in the last 7 days', alertRows(matches.lastWeek)),
    section('history', changes),
  ].join('')
}

/** What it matches, in one line each of now and of the last week. */
export function matchLines({ matches }: ShownSilenceDetails): readonly string[] {
  const list = (alerts: ShownSilenceDetails['matches']['now']) => {
    const named = alerts.slice(0, NAMED).map(({ id, level, rule }) => `${id} (level ${level}, ${rule})`)
    return [...named, ...(alerts.length > NAMED ? [`${alerts.length - NAMED} more`] : [])].join(', ')
  }
  const pages = matches.now.filter(({ level }) => level === 1).length
  return [
    matches.now.length === 0 ? 'nothing that is open now' : `open now: ${list(matches.now)}`,
    matches.lastWeek.length === 0 ? 'nothing of the last 7 days' : `of the last 7 days: ${list(matches.lastWeek)}`,
    ...(pages > 0 ? [`level 1 among them: nobody is paged for ${pages === 1 ? 'it' : 'them'} meanwhile`] : []),
  ]
}

/** How many alerts are named in a line. */
const NAMED = 5

function alertRows(alerts: ShownSilenceDetails['matches']['now']): string[][] {
  if (alerts.length === 0) return [['nothing']]
  return alerts.map(({ id, level, state, startedAt, rule }) => [id, `level ${level}`, state, when(startedAt), rule])
}

function stateOf({ state }: ShownSilence, output: Output) {
  return {
    text: state.toUpperCase(),
    paint: (shown: string) => output.style(state === 'active' ? 'yellow' : 'dim', shown),
  }
}

const told = (at: string, by: string | undefined): string => (by === undefined ? when(at) : `${when(at)} by ${by}`)
