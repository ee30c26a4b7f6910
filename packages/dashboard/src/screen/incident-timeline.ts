import { html, linesOf, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, longField, textField } from '../page/field.ts'
import { panelOf } from '../page/panel.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentView, ShownLine } from '../view/incidents.ts'
import type { Part } from './incident-part.ts'

/** More than anybody reads on a page; the command has them all. */
const MOST_LINES = 200

/** What happened, oldest first, and ways to write what people did and why. */
export function timelineOf(context: Context, part: Part, { lines }: IncidentView): Markup {
  const { words } = part
  const shown = lines.slice(-MOST_LINES)
  const earlier = lines.slice(0, -MOST_LINES).length
  const { count } = context.figures
  const told =
    earlier === 0 ? NOTHING : html`<p class="empty">${words.onlyLast(count(shown.length), count(earlier))}</p>`
  return html`<h2 id="write">${words.timeline}</h2>
${writingOf(context, part, lines)}
<div id="timeline" data-live>${panelOf(context, 'timeline', words.timeline, () => html`${told}<ol class="timeline">${shown.map((line) => lineOf(context, part, line))}</ol>`)}</div>`
}

/** Forms stand outside of what is renewed by itself: nobody loses what they are typing. */
function writingOf({ titled }: Context, { words, sheet }: Part, lines: readonly ShownLine[]): readonly Markup[] {
  const at = textField(words.at, 'at', { most: 40 })
  const standing = lines.filter(({ id, struck }) => struck === undefined && WRITTEN.test(id))
  const written = standing.map(({ id, text }) => [id, `${id} ${[...titled(text)].slice(0, 60).join('')}`] as const)
  return [
    ...sheet('note', words.addLine, html`${longField(words.line, 'text', true)}${at}`),
    ...sheet(
      'decide',
      words.decide,
      html`${longField(words.knew, 'knew', true)}${longField(words.options, 'options:lines')}${longField(words.choice, 'choice', true)}${longField(words.why, 'why', true)}${at}`,
    ),
    ...(written.length === 0
      ? []
      : sheet(
          'strike',
          words.strike,
          html`${choiceField(words.line, 'line', written)}${textField(words.reason, 'reason', { required: true })}`,
        )),
  ]
}

/** What people wrote in this incident can be struck; what the record says, or came along from another one, cannot. */
const WRITTEN = /^L-\d+$/

function lineOf(context: Context, { words, said, act }: Part, line: ShownLine): Markup {
  const { id, at, source, by, text, starred, struck, kind } = line
  const label = starred
    ? html`★<span class="hidden"> ${words.unstar} (${id})</span>`
    : html`☆<span class="hidden"> ${words.star} (${id})</span>`
  const mark = act(starred ? 'unstar' : 'star', label, hiddenField('line', id))
  const from = [said.source[source] ?? source, ...(by === undefined ? [] : [by])].join(context.shared.separator)
  return html`<li id="line-${id}" class="${kind} ${struck === undefined ? '' : 'struck'}"><span class="when">${timeOf(context, at)} <span class="from">${from}</span></span><span class="said">${linesOf(context.titled(text))}</span>${mark}</li>\n`
}
