import type { JourneyStanding, Standing } from '@tabiji/dashboard'
import { target } from '../../../report/testing/written/written.ts'
import type { Block } from './blocks.ts'
import type { Claim, Formula, Page } from './claim.ts'
import type { Documents } from './documents.ts'
import { badOf, burn, count, judged, leftText, minutes, percent, result, span } from './formats.ts'

const GRAVITY = ['spent', 'risk', 'watch', 'healthy', 'unjudged']
const OVERVIEW = /^\/journeys(\?.*)?$/
const DETAIL = /^\/journeys\/[^?]+/

/** What burns is worse than what does not, then the state, then what has less left. */
function worst({ objectives }: JourneyStanding): Standing | undefined {
  const weight = (one: Standing) => [one.burning ? 0 : 1, GRAVITY.indexOf(one.state), one.leftPpm ?? 0] as const
  return objectives.toSorted((a, b) => {
    const [x, y] = [weight(a), weight(b)]
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
  })[0]
}

const fastest = ({ pairs }: Standing) => pairs.toSorted((a, b) => a.pair.longMs - b.pair.longMs)[0]

/** The objective that a row of the overview is about: the worst of its journey, or the one that its link names. */
function shown(
  { link, row }: Block,
  { overview }: Documents,
): { journey: JourneyStanding; objective: Standing } | undefined {
  const { pathname, searchParams } = new URL(link, 'http://x')
  const journey = overview.journeys.find(({ name }) => pathname === `/journeys/${encodeURIComponent(name)}`)
  const named = journey?.objectives.find(({ name }) => name === searchParams.get('o'))
  const objective = journey && (named ?? worst(journey))
  return journey === undefined || objective === undefined || row.length < 3 ? undefined : { journey, objective }
}

const cell =
  (said: (objective: Standing, journey: JourneyStanding, documents: Documents) => ReturnType<Formula>): Formula =>
  (block, { documents }) => {
    const found = shown(block, documents)
    return found && said(found.objective, found.journey, documents)
  }

/** How far a stretch of the calendar has gone, in percent with one place, cut. */
function evenPace({ period }: Standing, at: string): string {
  if (period === undefined) return ''
  const [from, to, now] = [period.from, period.to, at].map((iso) => Date.parse(iso))
  return percent((now ?? 0) - (from ?? 0), (to ?? 0) - (from ?? 0), 1)
}

/** Of the last thirty days: how many there are, and in how many at least the day's share of the budget was spent. */
function strip(id: string, { months }: Documents): readonly string[] {
  const [journey, objective] = id.split('/')
  const days = [...months.values()].flatMap(({ journeys }) => {
    const found = journeys.find(({ name }) => name === journey)?.objectives.find(({ name }) => name === objective)
    return found?.days ?? []
  })
  const last = days.slice(-30)
  const over = last.filter(({ bad, allowedMillionths }) => bad > 0 && bad * 1_000_000 >= allowedMillionths)
  // In Japanese the share is that of a single day; in English none is a word.
  return [`${last.length} ${over.length}`, `1 ${last.length} ${over.length}`, ...(over.length === 0 ? ['30'] : [])]
}

const open: Formula = ({ link }, { documents }) => {
  const found = documents.overview.journeys.find(({ name }) => link.startsWith(`/journeys/${encodeURIComponent(name)}`))
  if (found === undefined) return undefined
  // What is open is a matter of the journey, not of each objective.
  if (link.includes('?o=')) return ''
  const alerts = found.objectives.reduce((sum, one) => sum + one.alerts.length, 0)
  const incidents = documents.incidents.filter(
    ({ journeys, resolvedAt }) => resolvedAt === undefined && journeys.includes(found.name),
  )
  const fixes = documents.fixes.filter(({ fix }) => fix.state === 'open' && fix.journey === found.name)
  return [alerts, incidents.length, fixes.length].filter((each) => each > 0).join(' ')
}

/** How many of some journeys burn, and how many stand in each state. */
function counts(journeys: readonly JourneyStanding[]): string {
  const burning = journeys.filter(({ objectives }) => objectives.some((one) => one.burning)).length
  const states = GRAVITY.map((state) => journeys.filter((one) => (worst(one)?.state ?? 'unjudged') === state).length)
  return [burning, ...states].filter((each) => each > 0).join(' ')
}

const sum: Formula = ({ link }, { documents: { overview } }) => {
  const state = new URL(link, 'http://x').searchParams.get('state')
  if (state === null) return String(overview.journeys.length)
  if (state === 'burning')
    return String(overview.journeys.filter(({ objectives }) => objectives.some((one) => one.burning)).length)
  return String(overview.journeys.filter((one) => worst(one)?.state === state).length)
}

/** A group is named before its counts, and has a cell of its own. */
const group: Formula = ({ row, text }, { documents: { overview } }) => {
  if (row.length !== 1) return undefined
  const owners = overview.journeys.map(({ owner = '' }) => owner).toSorted((a, b) => b.length - a.length)
  const owner = owners.find((each) => text.startsWith(each))
  return counts(overview.journeys.filter((one) => one.owner === owner))
}

const others: Formula = (block, { documents }) => {
  const found = shown(block, documents)
  const more = (found?.journey.objectives.length ?? 1) - 1
  return found === undefined ? undefined : more === 0 ? '' : String(more)
}

const head: Formula = ({ column }, { documents: { overview } }) => {
  const pairs = overview.journeys.flatMap(({ objectives }) => objectives.flatMap((one) => one.pairs))
  if (column === 5) return span(Math.min(...pairs.map(({ pair }) => pair.longMs)))
  return column === 6 ? '30' : undefined
}

/** The four tiles of an objective, in their order: target, result, what is left, and how fast it burns. */
const tile: Formula = ({ about, caption, kind }, { documents: { overview }, captions }) => {
  const { pathname, searchParams } = new URL(about, 'http://x')
  const journey = overview.journeys.find(({ name }) => pathname === `/journeys/${encodeURIComponent(name)}`)
  const one = journey?.objectives.find(({ name }) => name === searchParams.get('o'))
  if (one === undefined) return undefined
  const pace = fastest(one)
  const figures = [target(one.targetPpm), result(one), leftText(one.leftPpm), '']
  const lines = [
    one.window.kind === 'rolling' ? span(one.window.ms) : '',
    one.valid === 0 ? '0' : judged(one),
    one.valid === 0 ? '' : badOf(one),
    pace === undefined
      ? ''
      : `${burn(pace.longBurnMilli)} ${span(pace.pair.longMs)} ${lasting(one, pace.longBurnMilli, overview.at)}`,
  ]
  return (kind === 'figure' ? figures : lines)[captions.indexOf(caption)]
}

/** How long what is left lasts at a speed, unless its window is over before. */
function lasting({ leftPpm = 0, valid, window, period }: Standing, burnMilli: number, at: string): string {
  if (valid === 0 || leftPpm <= 0 || burnMilli <= 0) return ''
  const whole = window.kind === 'rolling' ? window.ms : 30 * 86_400_000
  const ms = Math.floor((leftPpm * whole) / (burnMilli * 1_000))
  return ms >= (period === undefined ? whole : Date.parse(period.to) - Date.parse(at)) ? '' : minutes(ms)
}

/** A pair is known by its windows; above what it rings, how both burn, and what is gone when it rings. */
const rule: Formula = ({ row, column }, { path, documents: { overview } }) => {
  const { pathname, searchParams } = new URL(path, 'http://x')
  const journey = overview.journeys.find(({ name }) => pathname === `/journeys/${encodeURIComponent(name)}`)
  const chosen = searchParams.get('o')
  const one = journey?.objectives.find(({ name }) => name === chosen) ?? (journey && worst(journey))
  const found = one?.pairs.find(({ pair }) => row[1] === `${span(pair.longMs)} / ${span(pair.shortMs)}`)
  if (one === undefined || found === undefined) return undefined
  const { pair } = found
  const period = one.window.kind === 'rolling' ? one.window.ms : 30 * 86_400_000
  const factor =
    'factorMilli' in pair.speed
      ? pair.speed.factorMilli
      : Math.floor((pair.speed.spendsPpm * period) / (pair.longMs * 1_000))
  const gone =
    'factorMilli' in pair.speed
      ? Math.floor((pair.speed.factorMilli * pair.longMs * 1_000) / period)
      : pair.speed.spendsPpm
  return [
    String(pair.level),
    `${span(pair.longMs)} ${span(pair.shortMs)}`,
    burn(factor),
    `${burn(found.longBurnMilli)} ${burn(found.shortBurnMilli)}`,
    '',
    leftText(gone),
  ][column]
}

const work: Formula = ({ row, column }, page) => {
  const done = page.documents.work.get(nameIn(page))
  const found = [...(done?.own ?? []), ...(done?.dependencies ?? [])].find(
    ({ service, step }) => row[0]?.startsWith(service) && row[1] === step,
  )
  return found && count(found.counts[column - 2] ?? 0)
}

function nameIn({ path }: Page): string {
  return decodeURIComponent(new URL(path, 'http://x').pathname.split('/')[2] ?? '')
}

const tier: Formula = (_, page) => {
  const found = page.documents.overview.journeys.find(({ name }) => name === nameIn(page))
  return found && String(found.tier)
}

export const JOURNEY_CLAIMS: readonly Claim[] = [
  [OVERVIEW, 'journeys', 'li', sum],
  [OVERVIEW, 'table', 'th', head],
  [OVERVIEW, 'table', 'th', group],
  [OVERVIEW, 'table', 'th', others, 0],
  [OVERVIEW, 'table', 'td', cell(({ targetPpm }) => target(targetPpm)), 1],
  [OVERVIEW, 'table', 'td', cell((one) => (one.valid === 0 ? undefined : result(one))), 2],
  [
    OVERVIEW,
    'table',
    'td',
    cell((one, _, { overview }) => `${leftText(one.leftPpm)} ${evenPace(one, overview.at)}`),
    3,
  ],
  [OVERVIEW, 'table', 'td', cell((one) => badOf(one)), 4],
  [OVERVIEW, 'table', 'td', cell((one) => burn(fastest(one)?.longBurnMilli)), 5],
  [OVERVIEW, 'table', 'svg', cell((one, _, documents) => strip(one.id, documents))],
  [OVERVIEW, 'table', 'td', open, 7],
  // Of a journey without events most cells are one.
  [OVERVIEW, 'table', 'td', open, 3],
  [DETAIL, 'content', 'li', tier],
  [DETAIL, 'standing-now', 'p', tile],
  [DETAIL, 'rules', '', rule],
  [DETAIL, 'work', 'caption', () => '6'],
  [DETAIL, 'work', 'h2', () => '6'],
  [DETAIL, 'work', 'td', work],
]
