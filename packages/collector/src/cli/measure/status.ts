import { formatDuration, HOUR } from '@tabiji/core/time'
import { type Command, Option } from 'commander'
import { readDocument } from '../terminal/client.ts'
import { CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { openSession } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { troubledTrackerLines } from '../terminal/tracker-lines.ts'
import { when } from '../terminal/when.ts'
import { overviewAnswer, type ShownObjective, type ShownOverview } from './measure-answers.ts'
import { compositeLines } from './status-composites.ts'

/** How bad a budget may be before `--fail-on` says no; the worst last. */
const WORSE = ['watch', 'risk', 'spent'] as const
type FailOn = (typeof WORSE)[number]

type Options = { readonly failOn?: FailOn }

/** `tabiji status`: every objective in one line. */
export function statusCommand(io: Io): Command {
  return createCommand('status', io)
    .description('Show how every journey stands: target, result, budget left, how fast it burns.')
    .addHelpText('before', examples('tabiji status', 'tabiji status checkout', 'tabiji status --fail-on spent'))
    .argument('[journey]', 'one journey only')
    .addOption(new Option('--fail-on <state>', 'exit 1 when a budget is in this state or a worse one').choices(WORSE))
    .action(async (journey: string | undefined, { failOn }: Options, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = await client.get('/journeys')
      const overview = readDocument(document, overviewAnswer)
      const shown = { ...overview, journeys: overview.journeys.filter(({ name }) => (journey ?? name) === name) }
      if (journey !== undefined && shown.journeys.length === 0)
        await client.get(`/journeys/${encodeURIComponent(journey)}`)
      output.answer(journey === undefined ? document : shown, () => statusTable(shown, output))
      if (failOn !== undefined && isBad(shown, failOn)) throw new CliExit(EXIT.no)
    })
}

function isBad({ journeys }: ShownOverview, failOn: FailOn): boolean {
  const bad: readonly string[] = WORSE.slice(WORSE.indexOf(failOn))
  return journeys.some(({ objectives }) => objectives.some((objective) => bad.includes(judgedBy(objective))))
}

/** The books go first; an estimate is better than nothing. */
function judgedBy({ state, ruler }: ShownObjective): string {
  return state === 'unjudged' ? (ruler?.state ?? state) : state
}

function statusTable(
  { journeys, at, sample, doubts, refused, silenced, trackers }: ShownOverview,
  output: Output,
): string {
  const rows = journeys.flatMap(({ name, title, objectives }) =>
    objectives.flatMap((objective) => [
      [
        `${title.ja} ${name}`,
        objective.name,
        percent(objective.targetPpm, 1_000_000, 2),
        resultOf(objective),
        objective.leftPpm === undefined ? '–' : percent(objective.leftPpm, 1_000_000, 1),
        burnOf(objective),
        stateOf(objective, output),
      ],
      ...rulerRow(objective, output),
    ]),
  )
  const head = ['JOURNEY', 'OBJECTIVE', 'TARGET', 'RESULT', 'LEFT', 'BURN', 'STATE']
  const alerts = journeys.flatMap(({ objectives }) => objectives.flatMap((objective) => objective.alerts))
  const remarks = journeys.flatMap(({ objectives }) => objectives.flatMap(remarksOn))
  const taken = new Map(
    journeys.flatMap(({ objectives }) => objectives.flatMap((objective) => objective.taken ?? [])).map(takenBy),
  )
  const listed = alerts.map((id) => `${id}${taken.get(id) ?? ''}`).join(', ')
  const told = alerts.length === 0 ? 'no open alerts' : `open alerts: ${listed} → tabiji alerts explain ${alerts[0]}`
  return `${sample ? 'SAMPLE DATA\n' : ''}${table(head, rows)}${when(at)} · ${told}\n${silencedLines(silenced)}${doubtLine(doubts)}${refusedLine(refused)}${troubledTrackerLines(trackers)}${noDataLines(journeys)}${compositeLines(journeys)}${remarks.join('')}`
}

type Taken = NonNullable<ShownObjective['taken']>[number]

function takenBy({ alert, by, until }: Taken): readonly [string, string] {
  return [alert, ` (taken${by === undefined ? '' : ` by ${by}`} until ${when(until)})`]
}

/** What stands beside an objective's figures: of which stretch they are, without corrections, and that another target was promised. */
function remarksOn({ id, raw, window, period, targetChanged, targetPpm }: ShownObjective): readonly string[] {
  const without = raw === undefined || raw.valid === 0 ? undefined : percent(raw.valid - raw.bad, raw.valid, 3)
  const corrected = without === undefined ? [] : [`${id}: ${without} without corrections → tabiji correction list\n`]
  // Whoever sees a month knows where it begins.
  const cut = window.kind === 'calendar' && period !== undefined
  const stretch = cut ? [`${id}: the budget of ${when(period.from)} until ${when(period.to)}\n`] : []
  if (targetChanged === undefined) return [...stretch, ...corrected]
  const was = percent(targetChanged.fromPpm, 1_000_000, 2)
  const is = percent(targetPpm, 1_000_000, 2)
  const changed = `${id}: ${was} was promised until ${when(targetChanged.at)}; the whole rolling window is judged by ${is}`
  return [...corrected, `${changed} → tabiji revisions\n`]
}

/** What a ruler says has a line of its own, marked as an estimate: it is never added to the books above it. */
function rulerRow({ ruler, targetPpm }: ShownObjective, output: Output) {
  if (ruler === undefined) return []
  const { engine, bad = 0, valid = 0, leftPpm, windows, alerts } = ruler
  const burn = windows.find(({ ms }) => ms >= HOUR) ?? windows.at(-1)
  const firing = alerts.filter(({ state }) => state === 'firing').map(({ level }) => level)
  const state = ['ESTIMATE', ruler.state.toUpperCase(), ...(firing.length > 0 ? ['FIRING'] : [])].join(', ')
  return [
    [
      `  ≈ by ${engine}`,
      '',
      percent(targetPpm, 1_000_000, 2),
      valid === 0 ? '–' : `≈ ${percent(valid - bad, valid, 3)}`,
      leftPpm === undefined ? '–' : `≈ ${percent(leftPpm, 1_000_000, 1)}`,
      burn === undefined ? '–' : `≈ ${(burn.burnMilli / 1000).toFixed(1)}x in ${formatDuration(burn.ms)}`,
      { text: state, paint: (text: string) => output.style('dim', text) },
    ],
  ]
}

/** Of budgets in slices: how long nobody read them, and what that counted as. */
function noDataLines(journeys: ShownOverview['journeys']): string {
  return journeys
    .flatMap(({ objectives }) => objectives)
    .flatMap(({ id, noData, budgeting }) => {
      if (noData === undefined || budgeting === undefined) return []
      const minutes = Math.floor(noData.seconds / 60)
      const long = minutes < 1 ? `${noData.seconds} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
      return [
        `${id}: no data ${long}, ${COUNTED[noData.countedAs] ?? noData.countedAs} (slices of ${formatDuration(budgeting.sliceMs)})\n`,
      ]
    })
    .join('')
}

const COUNTED: Readonly<Record<string, string>> = {
  ignore: 'not counted',
  good: 'counted as good',
  bad: 'counted as bad',
  hold: 'counted as the slice before it',
}

/** A page that nobody hears of must be seen by whoever looks. */
function silencedLines(silenced: ShownOverview['silenced'] = []): string {
  return silenced
    .map(({ alert, rule, by, reason, until }) => {
      const end = until === undefined ? '' : ` until ${when(until)}`
      return `NOBODY IS PAGED for ${alert} (${rule}): ${by}, ${reason}${end}\n`
    })
    .join('')
}

function doubtLine(doubts: ShownOverview['doubts']): string {
  if (doubts === undefined || doubts.count === 0) return ''
  const { count, estimate } = doubts
  const stretches = count === 1 ? '1 stretch' : `${count} stretches`
  return `in doubt: ${stretches} of the last 30 days, about ${estimate} events (estimate) → GET /api/v1/doubts\n`
}

function refusedLine(refused: ShownOverview['refused'] = []): string {
  if (refused.length === 0) return ''
  const told = refused.map(
    ({ service, result, points }) => `${service === '' ? '(unknown)' : service} ${result} ${points}`,
  )
  return `refused data points since the start: ${told.join(', ')} → docs/guides/otlp.md\n`
}

/** What is an estimate is marked, so that nobody takes it for a count. */
function resultOf({ bad, valid, estimate }: ShownObjective): string {
  return valid === 0 ? '–' : `${estimate === true ? '≈ ' : ''}${percent(valid - bad, valid, 3)}`
}

/** The burn rate of the shortest long window, which moves first. */
function burnOf({ pairs }: ShownObjective): string {
  const [first] = pairs.toSorted((a, b) => a.pair.longMs - b.pair.longMs)
  return first === undefined
    ? '–'
    : `${(first.longBurnMilli / 1000).toFixed(1)}x in ${formatDuration(first.pair.longMs)}`
}

function stateOf({ state, burning, fresh }: ShownObjective, output: Output) {
  const words = [state.toUpperCase(), ...(burning ? ['BURNING'] : []), ...(fresh ? [] : ['NOT READ'])].join(', ')
  const style = state === 'spent' || burning ? 'red' : state === 'healthy' ? 'green' : 'yellow'
  return { text: words, paint: (text: string) => output.style(style, text) }
}

/** part ÷ whole in percent, cut towards minus infinity, so that a missed target never looks like a kept one. */
function percent(part: number, whole: number, decimals: number): string {
  const unit = 10 ** decimals
  return `${(Math.floor((part * 100 * unit) / whole) / unit).toFixed(decimals)} %`
}
