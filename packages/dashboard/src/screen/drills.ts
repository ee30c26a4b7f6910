import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { lengthOf } from '../page/length.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { Drill, DrillsView } from '../view/drills.ts'
import { DRILLS_WORDS, type DrillsWords } from '../words/drills.ts'

/** What is to be practised and by whom, what was held, and a way to begin. */
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
${dueOf(context, words, view)}
${heldOf(context, words, view)}
${membersOf(context, words, view)}`
  return { title: words.heading, under: 'drills', body }
}

function startOf(context: Context, words: DrillsWords, { journeys }: DrillsView): Markup {
  const names = journeys.map(({ name, title }) => html`<option value="${name}">${context.titled(title)}</option>`)
  const levels = ([1, 2, 3] as const).map(
    (level) => html`<option value="${level}">${context.shared.levels[level]}</option>`,
  )
  return sheetOf(
    context,
    '/do/drills',
    words.start,
    html`<label>${words.journey} <select name="journey">${names}</select></label>
<label>${words.level} <select name="level:number">${levels}</select></label>
<label>${words.outcome} <select name="outcome"><option value="error">${words.failing}</option><option value="slow">${words.slow}</option></select></label>
<label>${words.share} <input name="sharePpm:percent" value="50%"></label>
<label>${words.perMinute} <input name="perMinute:number" value="60" inputmode="numeric"></label>
<label>${words.length} <input name="lengthMs:duration" value="15m"></label>`,
  )
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

function titleOf({ titled }: Context, journeys: DrillsView['journeys'], name: string): string {
  const journey = journeys.find((each) => each.name === name)
  return journey === undefined ? name : titled(journey.title)
}

function heldOf(context: Context, words: DrillsWords, { drills, journeys }: DrillsView): Markup {
  if (drills.length === 0) return html`<h2>${words.held}</h2><p class="empty">${words.noneHeld}</p>`
  const rows = drills.map((drill) => heldRow(context, words, drill, titleOf(context, journeys, drill.journey)))
  const head = [words.what, words.began, words.rang, words.told, words.taken, words.over]
  return html`<table class="wide" id="held" data-live><caption>${words.held}</caption>
<thead><tr>${headOf(head.map((label) => [label] as const))}</tr></thead><tbody>
${rows}</tbody></table>`
}

function heldRow(
  context: Context,
  words: DrillsWords,
  { key, level, what, startedAt, ended, times }: Drill,
  journey: string,
): Markup {
  const after = (label: string, ms: number | undefined) =>
    html`<td data-label="${label}"><span>${ms === undefined ? '' : lengthOf(context, ms)}</span></td>`
  const running =
    ended === undefined
      ? html` ${words.running} ${actionOf(context, `/do/drills/${encodeURIComponent(key)}/stop`, words.stop)}`
      : []
  return html`<tr><th scope="row">${key} ${journey}<span class="under">${context.shared.levels[level]} · ${what}</span>${running}</th><td data-label="${words.began}"><span>${timeOf(context, startedAt)}</span></td>${after(words.rang, times.rangMs)}${after(words.told, times.toldMs)}${after(words.taken, times.ackedMs)}${after(words.over, times.resolvedMs)}</tr>\n`
}

function membersOf({ figures, shared }: Context, words: DrillsWords, { members }: DrillsView): Markup {
  if (members.length === 0) return html`<h2>${words.members}</h2><p class="empty">${words.noMembers}</p>`
  const rows = members.map(
    ({ name, team = '', incidents, drills, checklist: { done, of } }) =>
      html`<tr><th scope="row"><a href="/drills/members/${encodeURIComponent(name)}">${name}</a></th><td data-label="${words.team}"><span>${team}</span></td><td data-label="${words.led}"><span>${words.ledOf(figures.count(incidents), figures.count(drills))}</span></td><td data-label="${words.checklist}"><span>${shared.of(figures.count(done), figures.count(of))}</span></td></tr>\n`,
  )
  return html`<table class="wide"><caption>${words.members}</caption>
<thead><tr>${headOf([[words.member], [words.team], [words.led], [words.checklist]])}</tr></thead><tbody>
${rows}</tbody></table>`
}
