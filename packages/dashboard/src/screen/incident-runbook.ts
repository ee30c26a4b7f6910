import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField } from '../page/field.ts'
import { nodesOf } from '../page/markdown.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentView } from '../view/incidents.ts'
import type { ShownRunbook } from '../view/runbook.ts'
import { RUNBOOK_WORDS } from '../words/runbook.ts'
import type { Part } from './incident-part.ts'
import { linked } from './linked.ts'

/** What was written for this, worked through here; and whether it helped. */
export function runbooksOf(context: Context, part: Part, { runbooks, incident }: IncidentView): Markup {
  const { words } = part
  const said = (address?: string) => answerOf(context, part, incident.runbooks ?? [], address)
  if (runbooks.length === 0) {
    const none = html`<p class="empty">${words.noRunbook} ${said()}</p>`
    return html`<section id="runbook"><h2>${words.runbooks}</h2><div id="helped" data-live>${none}${asked(part, 'none')}</div></section>`
  }
  const pages = runbooks.map((runbook, i) => pageOf(context, part, runbook, i, said(runbook.address)))
  return html`<section id="runbook"><h2>${words.runbooks}</h2>
${pages}</section>`
}

/** The first page is open: at night nobody looks for it. What people unfolded stays so when the page is renewed. */
function pageOf(context: Context, part: Part, runbook: ShownRunbook, place: number, said: string): Markup {
  const { words } = part
  const { address, about } = runbook
  const help = html`<p>${words.didItHelp} ${(['yes', 'partly', 'no'] as const).map((helped) => html`${asked(part, helped, address)} `)}<span class="empty">${said}</span></p>`
  return html`<details class="runbook"${place === 0 ? html` open` : NOTHING}><summary>${nameOf(address)}</summary>
<div id="runbook-${place}" data-live><p class="under">${[about, ...countOf(context, runbook)].join(context.shared.separator)}</p>
${textOf(context, part, runbook, place)}
${help}</div></details>\n`
}

function nameOf(address: string): string {
  return (
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .findLast((part) => part !== '') ?? address
  )
}

function countOf({ language, figures }: Context, { steps, sections }: ShownRunbook): readonly string[] {
  if (sections === undefined) return []
  const words = RUNBOOK_WORDS[language]
  const done = steps.filter((step) => step.done).length
  return [steps.length === 0 ? words.noSteps : words.count(figures.count(done), figures.count(steps.length))]
}

function textOf(context: Context, part: Part, runbook: ShownRunbook, place: number): Markup {
  const words = RUNBOOK_WORDS[context.language]
  const { address, sections } = runbook
  const source = html`<p>${linked(address, sections === undefined ? address : words.source)}</p>`
  if (sections === undefined) return html`${source}<p class="empty">${words.linkOnly}</p>`
  const box = (step: string) => boxOf(context, part, runbook, step)
  const shown = sections.map(({ nodes }) => html`<div>${nodesOf(nodes, { prefix: `runbook-${place}-`, box })}</div>\n`)
  return html`<div class="written">${shown}</div>${source}`
}

/** A box is a button: it works without script, and says who ticked it and when. */
function boxOf(context: Context, { act }: Part, { address, steps }: ShownRunbook, step: string) {
  const words = RUNBOOK_WORDS[context.language]
  const { done = false, at, by = '' } = steps.find((each) => each.step === step) ?? {}
  const label = html`<span aria-hidden="true">${done ? '☑' : '☐'}</span><span class="hidden">${done ? words.undo(step) : words.done(step)}</span>`
  const fields = html`${hiddenField('runbook', address)}${hiddenField('step', step)}`
  const press = act(done ? 'step-undone' : 'step-done', label, fields)
  return {
    press: html`<span class="box">${press.length === 0 ? html`${done ? '☑' : '☐'}` : press}</span>`,
    mark: at === undefined ? NOTHING : html`<span class="under">${timeOf(context, at)} ${by}</span>`,
  }
}

function asked({ words, act }: Part, helped: 'yes' | 'partly' | 'no' | 'none', address?: string): readonly Markup[] {
  const which = address === undefined ? NOTHING : hiddenField('runbook', address)
  return act('helped', words.helped[helped], html`${hiddenField('helped', helped)}${which}`)
}

function answerOf(
  { shared }: Context,
  { words }: Part,
  answers: NonNullable<IncidentView['incident']['runbooks']>,
  address: string | undefined,
): string {
  const answer = answers.findLast(({ runbook }) => runbook === address || runbook === undefined)
  if (answer === undefined) return ''
  const { helped, note } = answer
  return words.said(note === undefined ? words.helped[helped] : shared.also(words.helped[helped], note))
}
