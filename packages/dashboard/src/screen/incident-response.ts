import { ROLES } from '@tabiji/core/incident'
import { html, linesOf, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, longField, textField } from '../page/field.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentView, ShownChecklist } from '../view/incidents.ts'
import type { Part } from './incident-part.ts'
import { linked } from './linked.ts'

/** Who leads, tells others, writes down; each role is taken with one press. */
export function rolesOf(context: Context, part: Part, { incident }: IncidentView): Markup {
  const { words, said, open, act, sheet } = part
  const { name: me } = context.around.visitor
  const roles = ROLES.map((role) => {
    const holder = incident.roles[role]
    const who =
      holder === undefined
        ? html`<span class="empty">${words.nobody}</span>`
        : html`<strong>${holder.name}</strong> ${timeOf(context, holder.since)}`
    const take = open && holder?.name !== me ? act('role', words.takeOver, hiddenField('role', role)) : []
    return html`<li>${words.roleOf(said.role[role] ?? role)} ${who} ${take}</li>\n`
  })
  const hand = open
    ? sheet(
        'handover',
        words.handOver,
        html`${choiceField(
          words.role,
          'role',
          ROLES.map((role) => [role, said.role[role] ?? role] as const),
        )}${textField(words.to, 'to', { required: true, most: 100 })}${longField(words.handNote, 'note', true)}`,
      )
    : []
  return html`<h2>${words.people}</h2>
<ul class="plain" id="roles" data-live>${roles}</ul>${hand}`
}

/** What is to be done first; a tick says who and when. */
export function checklistOf(context: Context, part: Part, { checklist }: IncidentView): Markup {
  const { words } = part
  const { level, done, items } = checklist
  const { count } = context.figures
  const heading = words.first(level === undefined ? undefined : String(level), count(done), count(items.length))
  if (items.length === 0)
    return html`<h2>${words.first(undefined, '0', '0')}</h2><p class="empty">${words.noChecklist}</p>`
  const shown = items.map((item) => itemOf(context, part, item))
  return html`<section id="checklist" data-live><h2>${heading}</h2>
<ul class="plain checklist">${shown}</ul></section>`
}

function itemOf(context: Context, { words, act }: Part, item: ShownChecklist['items'][number]): Markup {
  const { id, text, ticked, at, by, via, detail, dueAt, link } = item
  const who = via === 'record' ? words.byRecord : by
  const mark = [
    ...(at === undefined ? [] : [timeOf(context, at)]),
    ...[who, detail].flatMap((each) => (each === undefined ? [] : [html`${each}`])),
  ]
  const isLate = dueAt !== undefined && Date.parse(dueAt) < Date.parse(context.around.now)
  const due =
    dueAt === undefined || ticked
      ? NOTHING
      : html`${words.dueAt} ${timeOf(context, dueAt)}${isLate ? html` <strong class="late">${words.late}</strong>` : NOTHING}`
  const under = ticked ? mark.map((each) => html`${each} `) : due
  const press = act(ticked ? 'untick' : 'tick', ticked ? words.untick : words.tick, hiddenField('item', id))
  return html`<li class="${ticked ? 'ticked' : 'to-do'}"><span><span aria-hidden="true">${ticked ? '☑' : '☐'}</span> ${linked(link, context.titled(text))}<span class="under">${under}</span></span> ${press}</li>\n`
}

/** What others were told, when they are told again, and a way to tell them. */
export function updatesOf(context: Context, part: Part, { lastUpdate, nextUpdateAt }: IncidentView): Markup {
  const { words, open, sheet } = part
  const last =
    lastUpdate === undefined
      ? html`<p class="empty">${words.noUpdate}</p>`
      : html`<p>${timeOf(context, lastUpdate.at)} ${lastUpdate.by ?? ''}: <span class="said">${linesOf(lastUpdate.text)}</span></p>`
  const isLate = nextUpdateAt !== undefined && Date.parse(nextUpdateAt) < Date.parse(context.around.now)
  const next =
    nextUpdateAt === undefined
      ? html`<p class="empty">${words.nothingOwed}</p>`
      : html`<p>${words.nextAt} ${timeOf(context, nextUpdateAt)}${isLate ? html` <strong class="late">${words.late}</strong>` : NOTHING}</p>`
  const after = ['15m', '30m', '1h', '2h'].map((each) => [each, each] as const)
  const say = open
    ? sheet(
        'update',
        words.say,
        html`${longField(words.update, 'text', true)}${choiceField(words.next, 'next', [['', words.nextUsual], ...after, ['off', words.nextOff]])}`,
      )
    : []
  return html`<h2>${words.updates}</h2><div id="updates" data-live>${last}${open ? next : NOTHING}</div>${say}`
}
