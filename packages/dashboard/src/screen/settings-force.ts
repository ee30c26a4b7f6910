import { keepOf } from '@tabiji/core/budget'
import { type Pair, type Window, windowText } from '@tabiji/core/journey'
import { formatDuration } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { SettingsView } from '../view/settings.ts'
import { JOURNEY_WORDS } from '../words/journey.ts'
import type { SettingsWords } from '../words/settings.ts'
import { burnOf } from './journey-row.ts'

type Settings = NonNullable<SettingsView['settings']>

const MOST_NAMES = 20

/** By what is counted and judged now: zone, windows, policies, how long numbers are kept, versions. */
export function inForceOf(context: Context, words: SettingsWords, { settings }: SettingsView): Markup {
  if (settings === undefined) return html``
  const { count } = context.figures
  const { zone, journeys, objectives, evaluationMs, windows, versions } = settings
  const told: readonly (readonly [string, string | Markup])[] = [
    [words.houseZone, zone],
    [words.promises, words.promisesOf(count(journeys), count(objectives))],
    [
      words.frames,
      linesOf(windows.map(({ window, objectives: n }) => words.frameOf(windowName(context, window), count(n)))),
    ],
    [words.evaluation, words.every(formatDuration(evaluationMs))],
    [words.kept, linesOf(keptLines(words, settings))],
    [words.versions, `Tabiji ${versions.tabiji}, Node ${versions.node}`],
  ]
  return html`<h2 id="force">${words.inForce}</h2>
<dl>${told.map(([name, what]) => html`<dt>${name}</dt><dd>${what}</dd>\n`)}</dl>
<h3>${words.policies}</h3>${settings.policies.map((each) => policyOf(context, words, each))}`
}

/** A rolling length, a period of the calendar, or its month. */
function windowName({ language }: Context, window: Window): string {
  return window.kind === 'month' ? JOURNEY_WORDS[language].calendarMonth : windowText(window)
}

function keptLines(words: SettingsWords, { detail, keptMs }: Settings): readonly string[] {
  const slots = detail.map(({ fromAgeMs, widthMs }) =>
    words.slots(formatDuration(widthMs), fromAgeMs === 0 ? undefined : formatDuration(fromAgeMs)),
  )
  return [...slots, keptMs === undefined ? words.keptForEver : words.keptFor(formatDuration(keptMs)), words.keptIssued]
}

function policyOf(
  context: Context,
  words: SettingsWords,
  { policy, objectives }: Settings['policies'][number],
): Markup {
  const { pairs, milestones, guard } = policy
  const { count, list } = context.figures
  const rings = pairs.map((pair) => words.ringsAt(speedOf(context, words, pair), windowsOf(pair), pair.level))
  const shares = milestones.length === 0 ? [] : [words.milestones(list(milestones.map((percent) => `${percent} %`)))]
  const sure = words.guard(count(guard.badEvents), String(guard.confidencePercent))
  const calm = words.calm(formatDuration(keepOf(policy)))
  const names = objectives.slice(0, MOST_NAMES)
  const further = objectives.slice(MOST_NAMES).length
  const whose = further === 0 ? names : [...names, context.frame.more(further)]
  return html`<ul>${[...rings, ...shares, sure, calm].map((line) => html`<li>${line}</li>`)}</ul>
<details><summary>${words.policyOf(count(objectives.length))}</summary><p>${list(whose)}</p></details>\n`
}

function speedOf(context: Context, words: SettingsWords, { speed }: Pair): string {
  return 'factorMilli' in speed
    ? burnOf(context, speed.factorMilli)
    : words.spends(context.figures.left(speed.spendsPpm))
}

function windowsOf({ longMs, shortMs }: Pair): string {
  return `${formatDuration(longMs)} / ${formatDuration(shortMs)}`
}

function linesOf(lines: readonly string[]): Markup {
  return html`${lines.map((line) => html`${line}<br>`)}`
}
