import { html, type Markup, renderSection } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { DrillsView } from '../view/drills.ts'
import { DRILL_PLAN_WORDS } from '../words/drill-plan.ts'
import { DRILLS_WORDS, type DrillsWords } from '../words/drills.ts'
import { heldOf } from './drills-held.ts'
import { pastOf, startOf, titleOf } from './drills-start.ts'

/** What is to be practised and by whom, ways to begin, what was held, how fast it went, and what came of it. */
export function drillsScreen(context: Context, view: DrillsView): Screen {
  const words = DRILLS_WORDS[context.language]
  const { proposal } = view
  const lead =
    proposal === undefined
      ? []
      : [html`<p><strong>${words.proposal(proposal.name)}</strong> (${words[proposal.why]})</p>`]
  const body = html`<h1>${words.heading}</h1>
${lead}
${startOf(context, words, view)}
${pastOf(context, view)}
${dueOf(context, words, view)}
${heldOf(context, words, view)}
${coverageOf(context, words, view)}
${panelOf(context, 'month', DRILL_PLAN_WORDS[context.language].times, () => html`${timesOf(context, view)}`)}
${membersOf(context, words, view)}`
  return { title: words.heading, under: 'drills', body }
}

function dueOf(context: Context, words: DrillsWords, { due, journeys }: DrillsView): Markup {
  if (due.length === 0) return html`<h2>${words.due}</h2><p class="empty">${words.nothingDue}</p>`
  const rows = due.map(({ journey, every, lastAt, due: on, overdueDays }) => {
    const late =
      overdueDays > 0
        ? html` <strong class="late">${words.overdue(overdueDays, context.figures.count(overdueDays))}</strong>`
        : []
    const last = lastAt === undefined ? html`${words.never}` : timeOf(context, lastAt)
    return html`<tr><th scope="row">${titleOf(context, journeys, journey)}</th><td data-label="${words.every}"><span>${every}</span></td><td data-label="${words.last}"><span>${last}</span></td><td data-label="${words.next}"><span>${on}${late}</span></td></tr>\n`
  })
  return html`<table class="wide"><caption>${words.due}</caption>
<thead><tr>${headOf([[words.journey], [words.every], [words.last], [words.next]])}</tr></thead><tbody>
${rows}</tbody></table>`
}

/** Journeys by quarters: a sign and a number, so that a gap is seen without colour. */
function coverageOf(context: Context, words: DrillsWords, { coverage, journeys }: DrillsView): Markup {
  const said = DRILL_PLAN_WORDS[context.language]
  const rows = coverage.journeys.map(({ journey, tier, held }) => {
    const cells = held.map((n, i) => {
      const sign = n === 0 ? '–' : `✓ ${context.figures.count(n)}`
      return html`<td data-label="${coverage.quarters[i] ?? ''}"><span>${sign}</span></td>`
    })
    return html`<tr><th scope="row">${titleOf(context, journeys, journey)}<span class="under">${said.tier(tier)}</span></th>${cells}</tr>\n`
  })
  const heads = [words.journey, ...coverage.quarters].map((label) => [label] as const)
  return html`<table class="wide" id="coverage" data-live><caption>${said.coverage}</caption>
<thead><tr>${headOf(heads)}</tr></thead><tbody>
${rows}</tbody></table>`
}

/** Practice stands in rows of its own: it is never mixed into the times of incidents. */
function timesOf(context: Context, { facts }: DrillsView): readonly Markup[] {
  const said = DRILL_PLAN_WORDS[context.language]
  const drawn = facts === undefined ? [] : renderSection(facts, context.language, 'times')
  return [html`<h2>${said.times}</h2>`, ...(drawn.length === 0 ? [html`<p class="empty">${said.noTimes}</p>`] : drawn)]
}

function membersOf({ figures, shared }: Context, words: DrillsWords, { members, others }: DrillsView): Markup {
  if (members.length === 0) return html`<h2>${words.members}</h2><p class="empty">${words.noMembers}</p>`
  const rows = members.map(
    ({ name, team = '', incidents, drills, checklist: { done, of } }) =>
      html`<tr><th scope="row"><a href="/drills/members/${encodeURIComponent(name)}">${name}</a></th><td data-label="${words.team}"><span>${team}</span></td><td data-label="${words.led}"><span>${words.ledOf(figures.count(incidents), figures.count(drills))}</span></td><td data-label="${words.checklist}"><span>${shared.of(figures.count(done), figures.count(of))}</span></td></tr>\n`,
  )
  const told = others.map(
    ({ name, incidents, drills }) => `${name}: ${words.ledOf(figures.count(incidents), figures.count(drills))}`,
  )
  const strangers =
    told.length === 0 ? [] : html`<p class="empty">${[words.others, ...told].join(shared.separator)}</p>`
  return html`<table class="wide"><caption>${words.members}</caption>
<thead><tr>${headOf([[words.member], [words.team], [words.led], [words.checklist]])}</tr></thead><tbody>
${rows}</tbody></table>${strangers}`
}
