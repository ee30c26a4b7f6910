import { periodOf, spentWithinMs } from '@tabiji/core/budget'
import { formatDuration } from '@tabiji/core/time'
import { badOfAllowed, html, judgedOf, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { lengthOf } from '../page/length.ts'
import type { JourneyView } from '../view/journey.ts'
import { fastestPair } from '../view/overview.ts'
import type { Standing } from '../view/standing.ts'
import type { JourneyWords } from '../words/journey.ts'
import { addressOf } from './journey-address.ts'
import { burnOf, objectiveName, resultOf } from './journey-row.ts'
import { staleWord } from './state-mark.ts'

/** How one objective stands now, in four tiles. */
export function tilesOf(context: Context, words: JourneyWords, view: JourneyView, objective: Standing): Markup {
  const { figures, shared } = context
  const { state, valid, leftPpm, targetPpm, window, burning } = objective
  const over = window.kind === 'rolling' ? words.window(formatDuration(window.ms)) : words.calendarMonth
  const left = leftPpm === undefined ? shared.states.unjudged : figures.left(leftPpm)
  const used = valid === 0 ? '' : words.usedOf(...usedParts(badOfAllowed(figures, objective, objective)))
  const fastest = fastestPair(objective)
  const pace =
    fastest === undefined
      ? []
      : [
          words.paceOf(formatDuration(fastest.pair.longMs), burnOf(context, fastest.longBurnMilli)),
          ...lastsOf(context, words, objective, fastest.longBurnMilli),
        ]
  const to = addressOf(view, { objective: objective.name })
  const current = objective.name === view.objective ? html` aria-current="true"` : NOTHING
  return html`<h2><a href="${to}"${current}>${objectiveName(context, objective)}</a></h2>
<div class="tiles">
${tile(words.target, figures.target(targetPpm), over)}
${tile(words.result, valid === 0 ? '–' : resultOf(context, objective), judgedOf(figures, objective))}
${tile(words.left, html`<span class="mark ${state}" aria-hidden="true">${MARK[state]}</span> ${left}`, html`${shared.states[state]}${staleWord(context, objective)}${shared.separator}${used}`)}
${tile(words.pace, burning ? html`<span class="burning">» ${words.burning}</span>` : html`${words.quiet}`, pace.join(shared.separator))}
</div>\n`
}

/** How long what is left lasts at this pace: by what is really left, and no longer than a window by calendar itself. */
function lastsOf(
  context: Context,
  words: JourneyWords,
  { leftPpm, window, period, valid }: Standing,
  burnMilli: number,
): readonly string[] {
  if (leftPpm === undefined || valid === 0) return []
  if (leftPpm <= 0) return [words.alreadySpent]
  const end = period === undefined ? undefined : Date.parse(period.to)
  const ms = spentWithinMs(leftPpm, burnMilli, periodOf(window), Date.parse(context.around.now), end)
  return [ms === undefined ? words.lasts : words.spentIn(lengthOf(context, ms))]
}

/** `45 / 217` in its two parts. */
function usedParts(text: string): [string, string] {
  const [bad = '', allowed = ''] = text.split(' / ')
  return [bad, allowed]
}

function tile(label: string, figure: Markup | string, line: Markup | string): Markup {
  return html`<div class="tile"><h3>${label}</h3><p class="figure">${figure}</p><p>${line}</p></div>`
}
