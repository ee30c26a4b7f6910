import type { SilenceSummary } from '@tabiji/core/alert'
import { exactly, html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { SilenceDraft, SilencesView } from '../view/silences.ts'
import { SILENCES_WORDS, type SilencesWords } from '../words/silences.ts'

const LENGTHS = ['30m', '1h', '4h', '1d'] as const

/** What is silenced, and a new one in two steps: what it would hold back is seen before it does. */
export function silencesScreen(context: Context, view: SilencesView): Screen {
  const { silences, state, draft, preview } = view
  const words = SILENCES_WORDS[context.language]
  const rows = silences.map((silence) => rowOf(context, words, silence))
  const list =
    rows.length === 0
      ? html`<p class="empty">${words.none}</p>`
      : html`<table class="wide" id="silences" data-live><caption class="hidden">${words.heading}</caption>
<thead><tr>${headOf([[words.silence], [words.matchers], [words.reason], [words.until]])}</tr></thead><tbody>
${rows}</tbody></table>`
  const body = html`<h1>${words.heading}</h1>
<p>${words.about}</p>
<ul class="sum" aria-label="${words.which}">${choiceOf('live', words.live, state)}${choiceOf('all', words.all, state)}</ul>
${list}
<h2 id="make">${words.make}</h2>
${preview === undefined ? [] : previewOf(context, words, draft, preview)}
${draftForm(context, words, view)}`
  return { title: words.heading, under: 'alerts', body }
}

function choiceOf(to: SilencesView['state'], label: string, state: SilencesView['state']): Markup {
  return html`<li><a href="/silences?state=${to}"${to === state ? html` aria-current="true"` : []}>${label}</a></li>`
}

function rowOf(
  context: Context,
  words: SilencesWords,
  { key, state, matchers, owner, reason, to }: SilenceSummary,
): Markup {
  const why = html`<label>${words.reason} <input name="reason" required></label>`
  const path = `/do/silences/${encodeURIComponent(key)}`
  const acts =
    state === 'expired' || state === 'ended'
      ? []
      : [
          sheetOf(
            context,
            `${path}/extend`,
            words.extend,
            html`<label>${words.forHowLong} <input name="for" value="1h" required></label>${why}`,
          ),
          sheetOf(context, `${path}/end`, words.end, why),
        ]
  return html`<tr><th scope="row">${key}<span class="under">${words.states[state]} · ${owner}</span></th><td data-label="${words.matchers}"><span>${matchers.join(', ')}</span></td><td data-label="${words.reason}"><span>${reason}</span></td><td data-label="${words.until}"><span>${timeOf(context, to)} ${acts}</span></td></tr>\n`
}

/** The first step changes nothing, so it is a plain question by address. */
function draftForm({ figures }: Context, words: SilencesWords, { draft, openings }: SilencesView): Markup {
  const { matchers, for: length, to, reason, owner } = draft
  const lengths = LENGTHS.map((each) => html`<option${each === length ? html` selected` : []}>${each}</option>`)
  return html`<form method="get" action="/silences#make" class="sheet">
<label>${words.matchers} <textarea name="matchers" required>\n${exactly(matchers)}</textarea><span class="under">${words.matchersHow}</span></label>
<label>${words.forHowLong} <select name="for">${lengths}</select></label>
<label>${words.until} <input name="to" value="${to}" placeholder="2026-10-16 10:00"></label>
<label>${words.reason} <input name="reason" value="${reason}" required></label>
<label>${words.owner} <input name="owner" value="${owner}" required></label>
<button class="primary">${words.look}</button>
${openings.map((opening) => html`<button name="to" value="${opening}">${words.lookUntil(figures.stamp(opening))}</button>`)}
</form>`
}

function previewOf(
  context: Context,
  words: SilencesWords,
  { matchers, for: length, to, reason, owner }: SilenceDraft,
  preview: NonNullable<SilencesView['preview']>,
): Markup {
  if (!preview.ok) {
    return html`<div class="notice refused" role="alert">${preview.lines.map((line) => html`<p lang="en">${line}</p>`)}</div>`
  }
  const { until, now, lastWeek } = preview
  const alerts = (title: string, list: typeof now) =>
    html`<p>${title}</p><ul>${list.map(({ id, rule, startedAt }) => html`<li><a href="/alerts/${encodeURIComponent(id)}">${id}</a> ${rule} ${timeOf(context, startedAt)}</li>`)}</ul>`
  const hidden = (name: string, value: string) => (value === '' ? [] : hiddenField(name, value))
  const end = to === '' ? hidden('for', length) : hidden('to', to)
  // A link may lead here with nothing but conditions; nobody answers for such a silence yet.
  const confirm =
    reason === '' || owner === ''
      ? html`<p>${words.sayWhy}</p>`
      : actionOf(
          context,
          '/do/silences',
          words.confirm,
          html`${hidden('matchers:list', matchers)}${end}${hidden('reason', reason)}${hidden('owner', owner)}`,
        )
  return html`<div class="notice" role="status"><p>${words.would(context.figures.stamp(until))}</p>
${alerts(words.now(now.length), now)}${alerts(words.lastWeek(lastWeek.length), lastWeek)}${confirm}</div>`
}
