import { FIX_KINDS, type FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { FixesView, FixView } from '../view/fixes.ts'
import { FIX_BOARD_WORDS } from '../words/fix-board.ts'
import { FIXES_WORDS } from '../words/fixes.ts'

/** A form for one that is not on the board yet. */
export function addForm(context: Context, { journeys, incidents, journey }: FixesView): Markup {
  const words = FIX_BOARD_WORDS[context.language]
  const none = ['', words.none] as const
  const known = incidents.map(({ key, title }) => [key, `${key} ${title}`] as const)
  const named = journeys.map(({ name, title }) => [name, context.titled(title)] as const)
  const fields = html`${whatFields(context, {})}${whoFields(context, {})}${choiceField(words.incident, 'incident', [none, ...known])}${choiceField(words.journey, 'journey', [none, ...named], journey)}`
  return sheetOf(context, '/do/fixes', words.add, fields)
}

function whatFields(context: Context, { title = '', kind }: Partial<FixSummary>): Markup {
  const words = FIXES_WORDS[context.language]
  const kinds = FIX_KINDS.map((each) => [each, context.shared.kinds[each]] as const)
  return html`${textField(words.title, 'title', { value: title, required: true, most: 200 })}${choiceField(words.kind, 'kind', kinds, kind)}`
}

function whoFields(context: Context, { owner = '', due = '' }: Partial<FixSummary>): Markup {
  const words = FIXES_WORDS[context.language]
  return html`${textField(words.owner, 'owner', { value: owner, most: 200 })}${textField(words.currentDue, 'due', { type: 'date', value: due })}`
}

type Verb =
  | 'done'
  | 'block'
  | 'assign'
  | 'move'
  | 'accept'
  | 'edit'
  | 'split'
  | 'merge'
  | 'drop'
  | 'reopen'
  | 'undrop'
  | 'ticket'

/** What each state allows; the command has the last word, and its refusals are shown as they are. */
const ALLOWED: Readonly<Record<FixSummary['state'], readonly Verb[]>> = {
  open: ['done', 'block', 'assign', 'move', 'accept', 'edit', 'split', 'merge', 'drop', 'ticket'],
  accepted: ['done', 'undrop', 'assign', 'edit', 'merge', 'drop'],
  done: ['reopen', 'edit'],
  dropped: ['undrop', 'accept', 'edit', 'merge'],
  merged: ['undrop'],
}

/** A tracker stays the master of what it says of its tickets. */
const OF_TRACKER: readonly Verb[] = ['done', 'reopen', 'drop', 'assign']

/** Everything that can be done with a fix, as its state allows. */
export function actsOf(context: Context, view: FixView): Markup {
  const { state, ticket } = view.fix
  const isTold = ticket !== undefined && ticket.gone !== true
  const verbs = ALLOWED[state].filter((verb) => !(isTold && OF_TRACKER.includes(verb)))
  const told = isTold ? html`<p>${FIXES_WORDS[context.language].ofTracker(ticket.tracker)}</p>` : NOTHING
  return html`${told}${verbs.map((verb) => formOf(context, view, verb))}`
}

function formOf(context: Context, view: FixView, verb: Verb): Markup | typeof NOTHING {
  const words = FIXES_WORDS[context.language]
  const { key, blocked, owner = '', due } = view.fix
  const to = `/do/fixes/${encodeURIComponent(key)}/${verb}`
  const reason = textField(words.reason, 'reason', { required: true })
  const sheet = (label: string, fields: Markup) => sheetOf(context, to, label, fields)
  switch (verb) {
    case 'done':
      return actionOf(context, to, words.done)
    case 'block':
      return blocked === undefined
        ? sheet(words.block, reason)
        : actionOf(context, to.replace(/block$/, 'unblock'), words.unblock)
    case 'assign':
      return sheet(words.assign, textField(words.owner, 'owner', { value: owner, most: 200 }))
    case 'move':
      return sheet(
        words.move,
        html`<p>${words.moveKeeps}</p>${textField(words.currentDue, 'due', { type: 'date', value: due, required: true })}${reason}`,
      )
    case 'accept':
      return sheet(
        words.accept,
        html`${textField(words.approver, 'approver', { required: true, most: 200 })}${textField(words.until, 'until', { type: 'date', required: true })}${reason}`,
      )
    case 'edit':
      return sheet(words.edit, editFields(context, view))
    case 'split':
      return sheetOf(context, '/do/fixes', words.split, splitFields(context, view))
    case 'merge':
      return mergeForm(context, view, sheet)
    case 'drop':
    case 'reopen':
    case 'undrop':
      return sheet(words[verb], reason)
    case 'ticket':
      return html`${view.fix.ticket === undefined ? view.trackers.map(({ name }) => html`${actionOf(context, to, words.ticketIn(name), hiddenField('tracker', name))} `) : NOTHING}`
  }
}

/** What is left empty stays as it is. */
function editFields(context: Context, { fix, journeys, incidents, causes }: FixView): Markup {
  const words = FIXES_WORDS[context.language]
  const none = ['', words.unchanged] as const
  const known = incidents.map(({ key, title }) => [key, `${key} ${title}`] as const)
  const named = journeys.map(({ name, title }) => [name, context.titled(title)] as const)
  const cause =
    causes.length === 0
      ? textField(words.cause, 'cause', { value: fix.cause ?? '', most: 200 })
      : choiceField(words.cause, 'cause', [none, ...causes.map(({ id, text }) => [id, text] as const)], fix.cause)
  return html`${whatFields(context, fix)}${choiceField(words.incident, 'incident', [none, ...known], fix.incident)}${choiceField(words.journey, 'journey', [none, ...named], fix.journey)}${cause}`
}

/** A part of it is a fix of its own, owed since this one is. */
function splitFields(context: Context, { fix }: FixView): Markup {
  const words = FIXES_WORDS[context.language]
  const { key, kind, owner, incident, journey, cause } = fix
  const along = Object.entries({ splitFrom: key, incident, journey, cause }).flatMap(([name, value]) =>
    value === undefined ? [] : [hiddenField(name, value)],
  )
  return html`<p>${words.splitMeans}</p>${along}${whatFields(context, { kind })}${whoFields(context, { ...(owner !== undefined && { owner }) })}`
}

function mergeForm(context: Context, { others }: FixView, sheet: (label: string, fields: Markup) => Markup): Markup {
  const words = FIXES_WORDS[context.language]
  if (others.length === 0) return NOTHING
  const into = others.map(({ key, title }) => [key, `${key} ${title}`] as const)
  return sheet(words.merge, html`<p>${words.mergeMeans}</p>${choiceField(words.into, 'into', into)}`)
}
