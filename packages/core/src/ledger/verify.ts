import { ROLES } from './reading.ts'
import { type ReadEntry, readEntries, readNumbers } from './second-reader.ts'
import {
  accountName,
  type Claims,
  createFindings,
  type Findings,
  MEASURES,
  type StoredRow,
  type Verification,
} from './verification.ts'
import { comparePositions } from './verify-positions.ts'
import { createRowChecks } from './verify-rows.ts'

const COVERED_SECONDS = MEASURES.length - 1

/**
 * Adds up the whole log once more and compares everything that the store has saved with it: the total, the window edges,
 * the daily points, where the processes stand. Shares no code with the books, and goes the other way: those keep sums
 * that grow with each commit, whatever its slot; this walks slot by slot and stops at each saved point.
 *
 * @param log all rows, ascending by slot and then by id
 * @param onRow called with the number of each row, counted from 1
 */
export function verifyBooks(claims: Claims, log: Iterable<StoredRow>, onRow?: (row: number) => void): Verification {
  const findings = createFindings()
  checkAccounts(claims, findings)
  const saved = savedPoints(claims, findings)
  const walk = createWalk(claims, saved, findings)
  let rows = 0
  for (const row of log) {
    onRow?.(++rows)
    walk.take(row)
  }
  const { entries, slots, sums, remarks } = walk.finish()
  remarks.push(...comparePositions(claims, sums, findings))
  return {
    rows,
    entries,
    slots,
    accounts: claims.accounts.length,
    edges: claims.edges.length,
    points: claims.points.length,
    positions: claims.positions.length,
    keptFrom: claims.keptFrom,
    events: sums.reduce((all, n, i) => (i % MEASURES.length === COVERED_SECONDS ? all : all + n), 0),
    found: findings.count(),
    disagreements: findings.told,
    remarks,
  }
}

/** An account's number is its place in every row of numbers, so a hole in them shifts all that comes after. */
function checkAccounts({ accounts }: Claims, findings: Findings): void {
  for (const [place, { number, account }] of accounts.entries()) {
    const tell = (message: string) =>
      findings.tell({
        kind: 'account',
        subject: `account ${number}`,
        account,
        message: `${accountName(account)} ${message}`,
      })
    if (number !== place) tell(`has the number ${number}, and should have ${place}`)
    if (!ROLES.includes(account.role)) tell(`has the unknown role ${account.role}`)
  }
}

/** A cumulative point as it was saved: numbers of all accounts, five for each. */
type SavedPoint = {
  readonly kind: 'edge' | 'point'
  readonly subject: string
  readonly at: number
  readonly upTo: number
  readonly numbers: readonly number[]
}

/** Ascending by time, as the walk meets them. */
function savedPoints({ edges, points, lastRow, keptFrom }: Claims, findings: Findings): readonly SavedPoint[] {
  const claimed = [
    ...edges.map((edge) => ({ kind: 'edge' as const, subject: edge.name, ...edge })),
    ...points.map((point) => ({
      kind: 'point' as const,
      subject: 'daily point',
      upTo: Number.POSITIVE_INFINITY,
      ...point,
    })),
  ]
  // An edge from before what is kept is of no use to anybody, and is left out when the books are opened.
  const saved = claimed
    .filter(({ at }) => at >= keptFrom)
    .flatMap(({ kind, subject, at, upTo, body }): readonly SavedPoint[] => {
      const read = readNumbers(body)
      const where = { kind, subject, ...(Number.isFinite(at) && { at }) }
      if (Number.isFinite(upTo) && upTo > lastRow) {
        const message = `${subject} was saved with row ${upTo} of the log in it, and the log ends at row ${lastRow}`
        findings.tell({ ...where, message })
      }
      if (!read.ok) {
        findings.tell({ ...where, message: `${subject} cannot be read: ${read.reason}` })
        return []
      }
      if (read.items.length % MEASURES.length === 0) return [{ kind, subject, at, upTo, numbers: read.items }]
      findings.tell({ ...where, message: `${subject} is cut short: it holds ${read.items.length} numbers` })
      return []
    })
  return saved.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** Sums over the rows up to one id. Nearly always there are two: the one that the edges were saved at, and the whole log. */
type Sums = { readonly upTo: number; readonly numbers: number[] }

type Walk = {
  take(row: StoredRow): void
  finish(): { entries: number; slots: number; sums: readonly number[]; remarks: string[] }
}

function createWalk(claims: Claims, saved: readonly SavedPoint[], findings: Findings): Walk {
  const upTos = new Set([Number.POSITIVE_INFINITY, ...saved.map(({ upTo }) => upTo)])
  const opening = openingOf(claims, saved, findings)
  const all = [...upTos].map((upTo): Sums => ({ upTo, numbers: [...opening] }))
  const whole = all[0] as Sums
  const compare = createComparison(claims, findings)
  const rows = createRowChecks(claims, findings)
  let next = 0
  let entries = 0
  const compareUntil = (start: number) => {
    for (let point = saved[next]; point !== undefined && point.at <= start; point = saved[++next]) {
      compare(point, all.find(({ upTo }) => upTo === point.upTo)?.numbers ?? [])
    }
  }
  return {
    take: (row) => {
      compareUntil(row.start)
      const read = readEntries(row.body)
      if (!read.ok) rows.tell(row, `cannot be read: ${read.reason}`)
      const items = read.ok ? read.items : []
      rows.check(row, items)
      const isKept = row.start >= claims.keptFrom
      for (const entry of items) {
        if (entry.account >= claims.accounts.length) {
          rows.tell(row, `tells of account ${entry.account}, which is not known`)
          continue
        }
        if (isKept) {
          entries++
          if (entry.covered && !entry.reversal) rows.checkCovered(row, entry.account)
          for (const { upTo, numbers } of all) if (row.id <= upTo) addTo(numbers, entry, row.width, 1)
        } else {
          // Let go and not swept away yet. The opening has it, also for an edge that was saved before it came.
          for (const { upTo, numbers } of all) if (row.id > upTo) addTo(numbers, entry, row.width, -1)
        }
      }
    },
    finish: () => {
      compareUntil(Number.POSITIVE_INFINITY)
      const { slots, remarks } = rows.finish()
      return { entries, slots, sums: whole.numbers, remarks }
    },
  }
}

/** What the sums begin with: nothing, or what was let go comes to. */
function openingOf(
  { accounts, keptFrom }: Claims,
  saved: readonly SavedPoint[],
  findings: Findings,
): readonly number[] {
  const opening = saved.find(({ kind, at }) => kind === 'point' && at === keptFrom)?.numbers ?? []
  if (keptFrom > 0 && opening.length === 0) {
    const message = 'the point that holds what older entries came to is missing'
    findings.tell({ kind: 'point', subject: 'daily point', at: keptFrom, message })
  }
  return Array.from({ length: accounts.length * MEASURES.length }, (_, i) => opening[i] ?? 0)
}

type Direction = 1 | -1

function addTo(
  sums: number[],
  { account, counts, covered, reversal }: ReadEntry,
  width: number,
  direction: Direction,
): void {
  const sign = reversal ? -direction : direction
  for (const [i, n] of [...counts, covered ? width : 0].entries()) {
    const at = account * MEASURES.length + i
    sums[at] = (sums[at] ?? 0) + sign * n
  }
}

/**
 * Compares saved points with sums, ascending by time. A wrong number in one slot is wrong in each later point; of the
 * daily points, which are many, only those are told in which the difference changes.
 */
function createComparison({ accounts }: Claims, findings: Findings) {
  const known = new Map<number, number>()
  return ({ kind, subject, at, numbers }: SavedPoint, sums: readonly number[]): void => {
    const length = Math.max(sums.length, numbers.length)
    for (let i = 0; i < length; i++) {
      const [log, saved] = [sums[i] ?? 0, numbers[i] ?? 0]
      if (kind === 'point') {
        const before = known.get(i) ?? 0
        known.set(i, saved - log)
        if (saved - log === before) continue
      }
      if (saved === log) continue
      const account = accounts[Math.floor(i / MEASURES.length)]?.account
      const measure = MEASURES[i % MEASURES.length] ?? 'good'
      const whose =
        account === undefined ? `account ${Math.floor(i / MEASURES.length)}, which is not known` : accountName(account)
      findings.tell({
        kind,
        subject,
        ...(account !== undefined && { account }),
        ...(Number.isFinite(at) && { at }),
        measure,
        log,
        saved,
        message: `${subject} has ${saved} ${measure} of ${whose}; the log comes to ${log}`,
      })
    }
  }
}
