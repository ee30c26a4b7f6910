import { isOpen } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { timeOf } from '../page/time.ts'
import type { AlertView } from '../view/alerts.ts'
import { ALERT_PAGE_WORDS } from '../words/alert-page.ts'
import { ALERTS_WORDS, type AlertsWords } from '../words/alerts.ts'
import { COURSE_WORDS } from '../words/course.ts'
import { drillOf, incidentOf, runbookOf, silenceOf } from './alert-acts.ts'
import { whyOf } from './alert-cause.ts'
import { holderOf } from './alert-row.ts'
import { toldOf } from './alert-told.ts'
import { alertCourseOf } from './course.ts'

/** One alert: why it rang, who has it, who was told and why others were not, and what happens next. */
export function alertScreen(context: Context, view: AlertView): Screen {
  const words = ALERTS_WORDS[context.language]
  const { id, level, episode, facts } = view
  const title = `${id} ${context.titled(facts.journey.title)}`
  const since = timeOf(context, isoIn(episode.startedAt, context.around.zone))
  const body = html`<p class="crumbs"><a href="/alerts">${words.heading}</a> ›</p>
<h1>${drillOf(context, facts)}${title}</h1>
<div id="alert" data-live><p><strong>${context.shared.levels[level]}</strong> · ${words.states[episode.state]} · ${since} · ${holderOf(words, view)}</p></div>
${actsOf(context, words, view)}
${whyOf(context, words, view)}
<div id="alert-course" data-live>${panelOf(context, 'course', COURSE_WORDS[context.language].around, () => alertCourseOf(context, view))}</div>
<div id="told" data-live>${toldOf(context, words, view)}${nextOf(context, words, view)}${historyOf(context, words, view)}</div>
${panelOf(context, 'alerts', words.similar, () => similarOf(context, words, view))}${panelOf(context, 'incidents', words.incident, () => NOTHING)}`
  return { title, under: 'alerts', body, drill: facts.drill !== undefined }
}

/** What can be pressed with a thumb; what wants words stands below it. */
function actsOf(context: Context, words: AlertsWords, view: AlertView): Markup {
  const { id, episode, facts, incident } = view
  const to = (verb: string) => `/do/alerts/${encodeURIComponent(id)}/${verb}`
  const take =
    episode.state === 'acked'
      ? actionOf(context, to('unack'), words.giveBack)
      : actionOf(context, to('ack'), words.acknowledge, undefined, 'e')
  const now = isOpen(episode) ? html`${take} ${silenceOf(words, view)}` : NOTHING
  return html`<div class="acts at-foot">${now} ${incidentOf(context, words, view, incident?.key)} ${runbookOf(words, facts)}</div>
${sheetsOf(context, words, view, to)}`
}

function sheetsOf(
  context: Context,
  words: AlertsWords,
  { episode, timeline }: AlertView,
  to: (verb: string) => string,
): Markup {
  const page = ALERT_PAGE_WORDS[context.language]
  const note = textField(words.note, 'note', { most: 500 })
  const length = textField(words.forHowLong, 'for', { example: '2h', most: 20 })
  const take = sheetOf(context, to('ack'), page.takeFor, html`${length}${note}`)
  const back = episode.state === 'acked' ? sheetOf(context, to('unack'), page.backWithNote, note) : NOTHING
  const verdict = timeline.findLast(({ transition }) => transition === 'noise' || transition === 'not_noise')
  const reason = textField(page.noiseReason, 'reason', { required: true, most: 500 })
  const isNoise = verdict?.transition === 'noise'
  const judge = isNoise
    ? sheetOf(context, to('not-noise'), page.notNoise, reason)
    : sheetOf(context, to('noise'), page.noise, html`<p>${page.noiseMeans}</p>${reason}`)
  const judged = isNoise ? html`<p>${page.judged(verdict?.detail?.by, verdict?.detail?.note ?? '')}</p>` : NOTHING
  return html`${judged}${isOpen(episode) ? html`${take}${back}` : NOTHING}${judge}`
}

function nextOf(context: Context, words: AlertsWords, { next }: AlertView): Markup | string {
  if (next.length === 0) return ''
  const items = next.map(
    ({ at, kind, to = [] }) =>
      html`<li>${timeOf(context, isoIn(at, context.around.zone))} ${words.nextKinds[kind]} ${to.join(', ')}</li>`,
  )
  return html`<h2>${words.next}</h2><ul class="plain">${items}</ul>`
}

function historyOf(context: Context, words: AlertsWords, { timeline }: AlertView): Markup {
  const rows = timeline.map(({ at, transition, detail }) => {
    const told = [detail?.by, detail?.via, detail?.note].filter((each) => each !== undefined).join(' · ')
    return html`<tr><th scope="row">${timeOf(context, isoIn(at, context.around.zone))}</th><td><span>${words.transitions[transition]}</span></td><td><span>${told}</span></td></tr>\n`
  })
  return html`<table class="wide"><caption>${words.history}</caption><tbody>
${rows}</tbody></table>`
}

function similarOf(context: Context, words: AlertsWords, { similar }: AlertView): Markup {
  const items = similar.map(
    ({ id, episode }) =>
      html`<li><a href="/alerts/${encodeURIComponent(id)}">${id}</a> ${timeOf(context, isoIn(episode.startedAt, context.around.zone))} ${words.states[episode.state]}</li>`,
  )
  return html`<h2>${words.similar}</h2>${items.length === 0 ? html`<p class="empty">${words.noneSimilar}</p>` : html`<ul class="plain">${items}</ul>`}`
}
