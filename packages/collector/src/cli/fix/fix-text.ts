import type { Output } from '../terminal/output.ts'
import { type Cell, fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import type { ShownFix, ShownFixDetails, ShownTransition } from '../terminal/work-answers.ts'

export function fixTable(fixes: readonly ShownFix[], output: Output): string {
  if (fixes.length === 0) return 'No fixes.\n'
  const rows = fixes.map((fix) => [
    fix.key,
    fix.due,
    stateOf(fix, output),
    fix.kind,
    fix.incident ?? '–',
    fix.owner ?? '–',
    fix.ticket?.gone === true ? `${fix.title}  (ticket gone)` : fix.title,
  ])
  return table(['KEY', 'DUE', 'STATE', 'KIND', 'INCIDENT', 'OWNER', 'TITLE'], rows)
}

export function fixPage({ fix, transitions }: ShownFixDetails, output: Output): string {
  const { acceptance } = fix
  const facts = fields([
    ['state', stateOf(fix, output)],
    ['kind', fix.kind],
    ['incident', fix.incident],
    ['journey', fix.journey],
    ['cause', fix.cause],
    ['owner', fix.owner],
    ['ticket', fix.ticket && `${fix.ticket.tracker} ${fix.ticket.id}  ${fix.ticket.url}${goneOf(fix.ticket)}`],
    ['blocked', fix.blocked && `since ${when(fix.blocked.since)}${because(fix.blocked.reason)}`],
    ['part of', fix.splitFrom],
    ['same as', fix.mergedInto],
    ['added', fix.created],
    ['owed since', fix.since],
    ['first due', `${fix.firstDue}${fix.dueIsDefault === true ? ' (the default: nobody has stated a date)' : ''}`],
    ['due', `${fix.due}${fix.postponements === 0 ? '' : ` (postponed ${fix.postponements}×)`}`],
    [fix.state === 'done' ? 'done' : 'last done', fix.doneAt === undefined ? undefined : when(fix.doneAt)],
    ['accepted', acceptance && `by ${acceptance.approver} through ${acceptance.until}: ${acceptance.reason}`],
  ])
  const lines = transitions.map((transition) => [
    when(transition.at),
    transition.by ?? '–',
    transition.state,
    told(transition),
  ])
  return `${output.style('bold', `${fix.key}  ${fix.title}`)}\n${facts}${section('Transitions', lines)}`
}

function stateOf({ state, overdueDays, blocked }: ShownFix, output: Output): Cell {
  if (overdueDays === 0) return blocked === undefined ? state : 'blocked'
  const text = `OVERDUE ${overdueDays} ${overdueDays === 1 ? 'day' : 'days'}${blocked === undefined ? '' : ', blocked'}`
  return { text, paint: (shown) => output.style('red', shown) }
}

/** What a transition of a newer collector says is unknown here; its name still tells something. */
function told(transition: ShownTransition): string {
  const { type, reason, due, approver, until } = transition
  switch (type) {
    case 'added':
      return `added, due ${due}${transition.splitFrom === undefined ? '' : `, a part of ${transition.splitFrom.key}`}`
    case 'moved':
      return `moved to ${due}${because(reason)}`
    case 'accepted':
      return `accepted by ${approver} through ${until}${because(reason)}`
    case 'assigned':
      return transition.owner === undefined ? 'nobody has it any more' : `given to ${transition.owner}`
    case 'retitled':
      return `called "${transition.title}"`
    case 'reclassified':
      return `now ${classesIn(transition)}`
    case 'linked':
      return `kept at ${transition.ticket?.url}${goneOf(transition.ticket)}`
    case 'merged':
      return `the same as ${transition.into}, which goes on for both`
    case 'absorbed':
      return `${transition.key} is the same; owed since ${transition.since}`
    case 'expired':
      return 'the acceptance ran out'
    default:
      return `${type}${because(reason)}`
  }
}

function goneOf(ticket: ShownTransition['ticket']): string {
  return ticket?.gone === true ? ', where it is gone: deleted, or not to be seen any more' : ''
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`
}

function classesIn({ kind, incident, journey, cause }: ShownTransition): string {
  return Object.entries({ kind, incident, journey, cause })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(', ')
}

/** Whether it was done by the date that was promised first, by which reports count. */
export function timeliness({ firstDue, doneAt = '' }: ShownFix): string {
  return doneAt.slice(0, 10) <= firstDue ? `in time for ${firstDue}` : `later than first promised (${firstDue})`
}

/** The due date that held before the latest one. */
export function previousDue({ transitions }: ShownFixDetails): string {
  return transitions.flatMap(({ due }) => (due === undefined ? [] : [due])).at(-2) ?? ''
}
