import { type Account, accountName, type Disagreement } from '@tabiji/core/ledger'
import { formatDuration, isoIn } from '@tabiji/core/time'
import type { StoreVerification } from '../../app/audit.ts'
import type { AccountList, ProcessList } from '../../app/pages.ts'
import { printable } from '../terminal/printable.ts'
import { fields, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

/** Stands before everything that is told from a store with made-up data. */
export const SAMPLE = 'SAMPLE DATA\n'

const OUTCOME_HEAD = ['GOOD', 'SLOW', 'ERROR', 'EXCLUDED'] as const

export const count = (n: number): string => n.toLocaleString('en-US')

/** What was compared, then everything that does not agree. */
export function verificationText(answer: StoreVerification, zone: string, alarming: (text: string) => string): string {
  const { rows, entries, slots, accounts, events, edges, points, positions, alerts, notifications } = answer
  const compared =
    (answer.sample ? SAMPLE : '') +
    fields([
      ['log', `${amount(rows, 'row')}, ${amount(events, 'event')}`],
      ['window edges', edges === 0 ? 'none saved yet' : `${count(edges)}, the total among them`],
      ['daily points', count(points)],
      ['positions', amount(positions, 'process', 'processes')],
      ['alerts', `${count(alerts)}, ${amount(notifications, 'notification')}`],
      ['file', 'checked by SQLite'],
    ])
  const gone = `entries before ${instant(answer.keptFrom, zone)} were let go, and one point holds what they came to`
  const told = [...(answer.keptFrom > 0 ? [gone] : []), ...answer.remarks]
  const remarks = told.map((remark) => `note: ${printable(remark)}\n`).join('')
  const what = `${amount(entries, 'entry', 'entries')} in ${amount(slots, 'slot')}, ${amount(accounts, 'account')}`
  if (answer.found === 0) return `${compared}${remarks}${what}, all totals agree\n`
  const more = answer.found - answer.disagreements.length
  const rest = more > 0 ? `and ${count(more)} more\n` : ''
  const verdict = alarming(`${amount(answer.found, 'disagreement')}`)
  return `${compared}${remarks}${disagreementTable(answer.disagreements, zone)}${rest}${what}: ${verdict}\n`
}

/** The same for scripts, with times as people's documents have them. */
export function verificationDocument({ found, disagreements, ...answer }: StoreVerification, zone: string): object {
  return {
    agrees: found === 0,
    ...answer,
    found,
    disagreements: disagreements.map(({ at, ...rest }) => ({
      ...rest,
      ...(at !== undefined && { at: instant(at, zone) }),
    })),
  }
}

/** Those of two numbers in a table, the others in words. */
function disagreementTable(all: readonly Disagreement[], zone: string): string {
  const numbers = all.filter(({ saved }) => saved !== undefined)
  const rows = numbers.map(({ kind, subject, account, at, measure, log, saved }) => [
    kind === 'edge' ? edgeName(subject) : subject,
    account === undefined ? 'unknown' : accountName(account),
    at === undefined ? 'whole log' : `before ${instant(at, zone)}`,
    measure ?? '',
    log === undefined ? '' : String(log),
    String(saved),
  ])
  const lines = all
    .filter(({ saved }) => saved === undefined)
    .map(({ message, at }) => `${printable(message)}${at === undefined ? '' : ` (slot ${instant(at, zone)})`}\n`)
  const head = ['SAVED', 'ACCOUNT', 'SLOTS', 'COUNTS', 'LOG', 'SAVED AS']
  return `\n${lines.join('')}${rows.length === 0 ? '' : table(head, rows)}\n`
}

/** Edges of windows are named by how long the window is. */
function edgeName(name: string): string {
  const [, ms] = /^window (\d+)$/.exec(name) ?? []
  return `edge ${ms === undefined ? name : `window ${formatDuration(Number(ms))}`}`
}

/** Seconds as a time in the zone. What can be damaged need not be a time that exists. */
export function instant(seconds: number, zone: string): string {
  try {
    return isoIn(seconds * 1000, zone)
  } catch {
    return `${seconds} s`
  }
}

export function accountsTable({ sample, accounts }: AccountList): string {
  const rows = accounts.map(({ number, account, booked }) => [
    String(number),
    ...nameCells(account),
    ...booked.slice(0, OUTCOME_HEAD.length).map(count),
  ])
  return (sample ? SAMPLE : '') + table(['NUMBER', 'JOURNEY', 'STEP', 'SERVICE', 'ROLE', ...OUTCOME_HEAD], rows)
}

const nameCells = ({ journey, step, service, role }: Account) => [journey, step, service, role]

export function processesTable({ sample, processes }: ProcessList, zone: string): string {
  const told = (at: number | undefined) => (at === undefined ? '–' : when(isoIn(at, zone)))
  const rows = processes.map(({ id, identified, service, startedAt, readAt, baseline, counts }) => [
    id,
    service,
    told(startedAt),
    told(readAt),
    `${identified ? '' : 'no id, '}${baseline ? 'from a baseline' : 'whole'}`,
    counts.map(({ account, counts: of }) => `${account.journey}/${account.step} ${of.join(' ')}`).join(', '),
  ])
  return (
    (sample ? SAMPLE : '') +
    table(['PROCESS', 'SERVICE', 'STARTED', 'LAST READ', 'COUNTED', 'GOOD SLOW ERROR EXCLUDED'], rows)
  )
}

/** `1 row`, `2,000 rows`. */
export function amount(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`
}
