import type { FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { timeOf } from '../page/time.ts'
import type { FixView } from '../view/fixes.ts'
import { FIXES_WORDS, type FixesWords } from '../words/fixes.ts'
import { actsOf } from './fix-forms.ts'
import { dateOf, viewOf } from './fix-parts.ts'
import { linked } from './linked.ts'

/** One fix: what it is, what was done about it, and what can be done now. */
export function fixScreen(context: Context, view: FixView): Screen {
  const { fix, transitions, trackers } = view
  const words = FIXES_WORDS[context.language]
  const rows = transitions.map(
    (each) =>
      html`<tr><th scope="row">${timeOf(context, each.at)}</th><td><span>${words.transitions[each.type]}</span></td><td><span>${whyOf(each)}</span></td></tr>\n`,
  )
  const body = html`<p class="crumbs"><a href="/fixes">${words.heading}</a> ›</p>
<h1>${fix.key} ${fix.title}</h1>
<p id="state" data-live>${words.states[fix.state]} ${dateOf(context, words, fix)}</p>
${viewOf(
  context,
  words,
  trackers.filter(({ name }) => name === fix.ticket?.tracker),
)}
${factsOf(context, words, fix)}
<h2>${words.act}</h2>
${actsOf(context, view)}
<table class="wide"><caption>${words.history}</caption><tbody>
${rows}</tbody></table>`
  return { title: `${fix.key} ${fix.title}`, under: 'fixes', body }
}

/** Who, and why, where that was said. */
function whyOf(transition: object): string {
  const { by, reason, due } = transition as { readonly by?: string; readonly reason?: string; readonly due?: string }
  return [by, due, reason].filter((each) => each !== undefined).join(' · ')
}

function factsOf({ shared }: Context, words: FixesWords, fix: FixSummary): Markup {
  const { kind, journey, incident, cause, owner, firstDue, due, blocked, ticket } = fix
  const link = (path: string, key: string | undefined) =>
    key === undefined ? undefined : html`<a href="/${path}/${encodeURIComponent(key)}">${key}</a>`
  const entries: readonly (readonly [string, Markup | string | undefined])[] = [
    [words.kind, shared.kinds[kind]],
    [words.journey, link('journeys', journey)],
    [words.incident, link('incidents', incident)],
    [words.cause, cause],
    [words.owner, owner ?? words.noOwner],
    [words.firstDue, firstDue],
    [words.currentDue, due],
    [words.blockedBecause, blocked?.reason],
    [words.approver, fix.acceptance?.approver],
    [words.reason, fix.acceptance?.reason],
    [words.splitOf, link('fixes', fix.splitFrom)],
    [words.mergedInto, link('fixes', fix.mergedInto)],
    [words.ticket, ticket === undefined ? undefined : ticketOf(words, ticket)],
  ]
  const shown = entries.map(([term, text]) => (text === undefined ? NOTHING : html`<dt>${term}</dt><dd>${text}</dd>\n`))
  return html`<dl>${shown}</dl>`
}

function ticketOf(words: FixesWords, { id, url, tracker, gone }: NonNullable<FixSummary['ticket']>): Markup {
  const shown = linked(url, `${tracker} ${id}`)
  return gone === true ? html`${shown} (${words.gone})` : shown
}
