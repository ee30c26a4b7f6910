import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField } from '../page/field.ts'
import { actionOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import type { MemberView } from '../view/drills.ts'
import { DRILLS_WORDS, type DrillsWords } from '../words/drills.ts'
import { linked } from './linked.ts'

/** What one member has practised, and what is left to do. */
export function memberScreen(context: Context, { member, items, runbooks, led }: MemberView): Screen {
  const words = DRILLS_WORDS[context.language]
  const { figures, titled } = context
  const path = `/do/practice/members/${encodeURIComponent(member.name)}`
  const list = items.map(({ id, text, link, ticked, byRecord, detail = '' }) => {
    const act =
      byRecord === true
        ? []
        : actionOf(
            context,
            `${path}/${ticked ? 'untick' : 'tick'}`,
            ticked ? words.untick : words.tick,
            hiddenField('item', id),
          )
    return html`<li>${ticked ? '☑' : '☐'} ${linked(link, titled(text))} <span class="under">${detail}</span> ${act}</li>\n`
  })
  const pages = runbooks.map(({ file, address, readAt }) => {
    const state =
      readAt === undefined
        ? actionOf(context, `${path}/read`, words.read, hiddenField('runbook', file))
        : html`${words.readAt(figures.date(readAt))}`
    return html`<li>${linked(address, file)} ${state}</li>\n`
  })
  const parts = led.map(
    ({ incident, drill, at }) =>
      html`<li><a href="/incidents/${encodeURIComponent(incident)}">${incident}</a> ${figures.date(at)}${drill ? html` <span class="drill">${words.practice}</span>` : []}</li>\n`,
  )
  const body = html`<p class="crumbs"><a href="/drills">${words.heading}</a> ›</p>
<h1>${member.name}</h1>
<p>${words.led}: ${words.ledOf(figures.count(member.incidents), figures.count(member.drills))}</p>
${sectionOf(words.item, list)}
${sectionOf(words.runbooks, pages)}
${sectionOf(words.led, parts)}`
  return { title: member.name, under: 'drills', body }
}

function sectionOf(heading: DrillsWords['item'], items: readonly Markup[]): readonly Markup[] {
  return items.length === 0 ? [] : [html`<h2>${heading}</h2><ul class="plain">${items}</ul>\n`]
}
