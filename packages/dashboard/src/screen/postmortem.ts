import { causesOf } from '@tabiji/core/postmortem'
import { drawFishbone, html, linesOf, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField, textField } from '../page/field.ts'
import type { Screen } from '../page/frame.ts'
import type { PostmortemView } from '../view/postmortem.ts'
import { INCIDENTS_WORDS } from '../words/incidents.ts'
import { POSTMORTEM_WORDS, type PostmortemWords } from '../words/postmortem.ts'
import { causeList } from './cause-forms.ts'
import { type Part, partOf } from './incident-part.ts'

/** How far a postmortem is, why it happened as data and as a picture, and the draft that the record makes. */
export function postmortemScreen(context: Context, view: PostmortemView): Screen {
  const words = POSTMORTEM_WORDS[context.language]
  const part = partOf(context, view.incident)
  const { key, title } = view.incident
  const path = `/incidents/${encodeURIComponent(key)}`
  const command = `tabiji postmortem draft ${key} --lang ${context.language}`
  const body = html`<p class="crumbs"><a href="/incidents">${INCIDENTS_WORDS[context.language].heading}</a> › <a href="${path}">${key}</a> ›</p>
<h1>${words.of(title)}</h1>
<p>${words.source}</p>
${dutyOf(context, words, part, view)}
${lacksOf(words, view)}
<h2>${words.causes}</h2>
${pictureOf(context, words, view)}
${causeList(context, words, part, view)}
<p class="empty">${words.inFile}</p>
${hintsOf(words, view)}
<h2>${words.draft}</h2>
<p>${words.draftHow} <code>${command}</code></p>
<pre class="draft" tabindex="0">${linesOf(view.draft)}</pre>`
  return { title: `${words.heading} ${key}`, under: 'incidents', body, drill: view.incident.drill }
}

function dutyOf(context: Context, words: PostmortemWords, part: Part, view: PostmortemView): Markup {
  const { duty, incident, file } = view
  const state = duty?.state ?? incident.postmortem?.state ?? 'missing'
  const late =
    duty === undefined || duty.overdueDays === 0
      ? NOTHING
      : html` <strong class="late">${words.overdue(duty.overdueDays, context.figures.count(duty.overdueDays))}</strong>`
  const due =
    duty === undefined
      ? html`<p class="empty">${words.notOwed}</p>`
      : html`<p>${words.due(duty.due)}${duty.dueIsStated ? html` (${words.dueStated})` : NOTHING}${late}</p>`
  const where = incident.postmortem?.file ?? file
  return html`<div id="duty" data-live><p><strong>${words.states[state]}</strong></p>${due}
<dl><dt>${words.owner}</dt><dd>${duty?.owner ?? incident.postmortem?.owner ?? '–'}</dd><dt>${words.file}</dt><dd>${where === undefined ? words.noFile : html`<code>${where}</code>`}</dd></dl></div>
${stepsOf(words, part, view, state)}`
}

/** The next steps from where it is; a step that the record does not allow is refused by the command, with all reasons. */
function stepsOf(
  words: PostmortemWords,
  { act, sheet }: Part,
  { incident, file = '' }: PostmortemView,
  state: keyof PostmortemWords['states'],
): readonly Markup[] {
  const { owner = '', file: where = file, noFix = '' } = incident.postmortem ?? {}
  const to = (next: string) => hiddenField('state', next)
  const said = html`${textField(words.owner, 'owner', { value: owner, most: 200 })}${textField(words.file, 'file', { value: where, most: 200 })}`
  const why = textField(words.noFix, 'noFix', { value: noFix, most: 500 })
  const due =
    state === 'published'
      ? []
      : sheet(
          'postmortem-due',
          words.setDue,
          html`${textField(words.date, 'due', { type: 'date', required: true })}${textField(words.owner, 'owner', { most: 200 })}${textField(words.reason, 'reason', { required: true })}`,
        )
  const back = act('postmortem', words.backToDraft, to('draft'))
  const steps = {
    missing: () => sheet('postmortem', words.begin, html`${to('draft')}${said}`),
    draft: () => sheet('postmortem', words.toReview, html`${to('inReview')}${said}${why}`),
    inReview: () => [...sheet('postmortem', words.publish, html`${to('published')}${why}`), ...back],
    published: () => back,
  }
  return [...steps[state](), ...due]
}

function lacksOf(words: PostmortemWords, { lacks, incident }: PostmortemView): Markup {
  if (incident.postmortem?.state === 'published') return NOTHING
  const list =
    lacks.length === 0
      ? html`<p>${words.lacksNothing}</p>`
      : html`<ul>${lacks.map((lack) => html`<li>${words.lacks[lack.kind]('fix' in lack ? lack.fix : '')}</li>\n`)}</ul>`
  return html`<section id="lacks" data-live><h2>${words.lacksHeading}</h2>${list}<p class="empty"><code>${words.textToo}</code></p></section>`
}

/** The picture; the list below it says all of it. */
function pictureOf(context: Context, words: PostmortemWords, { fishbone }: PostmortemView): Markup {
  const drawn =
    causesOf(fishbone).length === 0
      ? html`<p class="empty">${words.noCauses}</p>`
      : html`<div class="fishbone" tabindex="0" role="group" aria-label="${words.causes}">${drawFishbone(fishbone, { language: context.language })}</div>`
  return html`<div id="causes" data-live>${drawn}</div>`
}

function hintsOf(words: PostmortemWords, { hints }: PostmortemView): Markup {
  if (hints.length === 0) return NOTHING
  const list = hints.map(
    ({ at, found, instead }) => html`<li><code>${at.file}</code> ${words.instead(found, instead)}</li>\n`,
  )
  return html`<section id="hints" data-live><h3>${words.hints}</h3><ul>${list}</ul></section>`
}
