import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, textField, tickFields } from '../page/field.ts'
import { lengthBetween } from '../page/length.ts'
import type { IncidentView } from '../view/incidents.ts'
import type { Part } from './incident-part.ts'
import { titlesOf } from './incidents.ts'

/** What it is, how far people are, how long it hurts, and what nobody knows yet. */
export function headOfIncident(context: Context, part: Part, view: IncidentView): Markup {
  const { words, said } = part
  const { key, title, level, drill, status, mergedInto, absorbed = [] } = view.incident
  const told = [
    ...(drill ? [html`<strong class="drill">${words.drill}</strong>`] : []),
    ...(level === undefined ? [] : [html`${words.level} ${context.shared.levels[level]}`]),
    html`<strong>${said.status[status] ?? status}</strong>`,
    ...hurtOf(context, part, view),
    html`<a href="#write">${words.timeline}</a>`,
  ]
  const link = (other: string) => html`<a href="/incidents/${encodeURIComponent(other)}">${other}</a>`
  const where = mergedInto === undefined ? NOTHING : html`<p class="notice">${words.mergedInto} ${link(mergedInto)}</p>`
  const took =
    absorbed.length === 0 ? NOTHING : html`<p>${words.absorbed}: ${absorbed.map((other) => html`${link(other)} `)}</p>`
  return html`<h1>${key} ${title}</h1>
<div id="standing-now" data-live><ul class="sum">${told.map((each) => html`<li>${each}</li>`)}</ul>
${where}${took}${questionsOf(context, part, view)}</div>`
}

function hurtOf(context: Context, { words }: Part, { impact }: IncidentView): readonly Markup[] {
  if (impact === undefined || impact.journeys.length === 0) return []
  const length = lengthBetween(context, Date.parse(impact.from), Date.parse(impact.to))
  return [html`${impact.ended ? words.hurtAndEnded(length) : words.hurtFor(length)}`]
}

function questionsOf({ shared }: Context, { words }: Part, { questions }: IncidentView): Markup {
  if (questions.length === 0) return NOTHING
  const asked = questions.map((question) => words.questions[question]).join(shared.separator)
  return html`<p class="empty">${words.questionsHeading(asked)}</p>`
}

/** How people are, how it ends, what it is called, and what it turned out to be part of. */
export function changesOf(context: Context, part: Part, view: IncidentView): readonly Markup[] {
  const { words, said, open, act, sheet } = part
  const { title, status, journeys } = view.incident
  const statuses = (['investigating', 'identified', 'monitoring'] as const)
    .filter((each) => each !== status)
    .map((each) => [each, said.status[each] ?? each] as const)
  const levels = ([1, 2, 3] as const).map((level) => [String(level), context.shared.levels[level]] as const)
  const known = new Set(view.journeys.map(({ name }) => name))
  const gone = journeys.filter((name) => !known.has(name)).map((name) => [name, name] as const)
  const asked = html`${textField(words.reason, 'reason', { required: true })}`
  return [
    ...(open
      ? [
          ...act('resolve', words.resolve),
          ...sheet(
            'status',
            words.setStatus,
            html`${choiceField(words.status, 'status', statuses)}${textField(words.note, 'note')}`,
          ),
        ]
      : sheet('reopen', words.reopen, asked)),
    ...sheet(
      'edit',
      words.edit,
      html`${textField(words.title, 'title', { example: title, most: 200 })}${choiceField(words.level, 'level:number', [['', words.unchanged], ...levels])}`,
    ),
    ...sheet(
      'edit',
      words.setJourneys,
      tickFields(words.journeys, 'journeys:list', [...titlesOf(context, view.journeys), ...gone], journeys),
    ),
    ...mergingOf(part, view, asked),
  ]
}

function mergingOf({ words, sheet }: Part, { others }: IncidentView, asked: Markup): readonly Markup[] {
  if (others.length === 0) return []
  const into = others.map(({ key, title }) => [key, `${key} ${title}`] as const)
  return sheet('merge', words.merge, html`<p>${words.mergeForGood}</p>${choiceField(words.into, 'into', into)}${asked}`)
}
