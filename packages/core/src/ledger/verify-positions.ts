import { OUTCOMES } from '../journey/index.ts'
import { readNumbers } from './second-reader.ts'
import { accountName, type Claims, type Findings, MEASURES, type PositionClaim } from './verification.ts'

/** A position's body holds the account's number and its counts, again and again. */
const FIELDS = OUTCOMES.length + 1

/** What the processes' positions allow the log to hold of one account and outcome. */
type Bounds = { readonly least: number[]; readonly most: number[] }

/**
 * Compares what the log holds of each account with what its processes were booked of. A process with an id that was
 * counted whole was booked of exactly its counts. Of one that gave a baseline, an unknown part of them is not in the log.
 * A source without ids may have had lives before the one that its position tells of, whose events are in the log.
 *
 * @param sums the whole log, five numbers for each account
 * @returns how many accounts could only be compared with bounds
 */
export function comparePositions(claims: Claims, sums: readonly number[], findings: Findings): readonly string[] {
  const size = claims.accounts.length * OUTCOMES.length
  const bounds: Bounds = { least: new Array<number>(size).fill(0), most: new Array<number>(size).fill(0) }
  const loose = new Set<number>()
  for (const position of claims.positions) addBounds(position, claims, bounds, loose, findings)
  for (const [number, { account }] of claims.accounts.entries()) {
    for (const [i, measure] of OUTCOMES.entries()) {
      const log = sums[number * MEASURES.length + i] ?? 0
      const [least, most] = [
        bounds.least[number * OUTCOMES.length + i] ?? 0,
        bounds.most[number * OUTCOMES.length + i] ?? 0,
      ]
      if (log >= least && log <= most) continue
      const saved = log < least ? least : most
      const word = loose.has(number) ? (log < least ? 'at least ' : 'at most ') : ''
      const message = `the processes of ${accountName(account)} were booked of ${word}${saved} ${measure}; the log comes to ${log}`
      findings.tell({ kind: 'position', subject: 'processes', account, measure, log, saved, message })
    }
  }
  if (loose.size === 0) return []
  const accounts = loose.size === 1 ? '1 account has' : `${loose.size} accounts have`
  return [`${accounts} processes that gave a baseline or have no id: positions bound such sums, and do not state them`]
}

function addBounds(
  position: PositionClaim,
  claims: Claims,
  bounds: Bounds,
  loose: Set<number>,
  findings: Findings,
): void {
  const { id, identified, baseline, service } = position
  const tell = (message: string) =>
    findings.tell({ kind: 'position', subject: id, message: `process ${id} ${message}` })
  const read = readNumbers(position.body)
  if (!read.ok || read.items.length % FIELDS !== 0) {
    tell(read.ok ? `is cut short: it holds ${read.items.length} numbers` : `cannot be read: ${read.reason}`)
    return
  }
  const seen = new Set<number>()
  for (let i = 0; i < read.items.length; i += FIELDS) {
    const number = read.items[i] ?? 0
    const account = claims.accounts[number]?.account
    if (account === undefined) {
      tell(`was booked of account ${number}, which is not known`)
      continue
    }
    if (seen.has(number)) tell(`was booked of ${accountName(account)} twice`)
    if (account.service !== service) tell(`is of ${service}, and was booked of ${accountName(account)}`)
    seen.add(number)
    if (baseline || !identified) loose.add(number)
    for (let outcome = 0; outcome < OUTCOMES.length; outcome++) {
      const count = read.items[i + 1 + outcome] ?? 0
      const at = number * OUTCOMES.length + outcome
      if (!baseline) bounds.least[at] = (bounds.least[at] ?? 0) + count
      bounds.most[at] = identified || baseline ? (bounds.most[at] ?? 0) + count : Number.POSITIVE_INFINITY
    }
  }
}
