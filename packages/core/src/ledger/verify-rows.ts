import type { ReadEntry } from './second-reader.ts'
import { accountName, type Claims, type Findings, type StoredRow } from './verification.ts'

/** What must hold of each row by itself and beside its neighbours. */
export function createRowChecks({ accounts, edges, lastRow, birth }: Claims, findings: Findings) {
  // Only rows that are in the saved total already are ever rewritten, so after it no number of a row is missing.
  const rewrittenUpTo = edges.find(({ at }) => !Number.isFinite(at))?.upTo ?? lastRow
  const read = new Map<number, { start: number; end: number; widths: number[] }>()
  const counted = { newer: 0, slots: 0, overlaps: 0, beforeBirth: 0 }
  let last = { start: Number.NEGATIVE_INFINITY, id: 0 }
  let widths: number[] = []
  const tell = ({ id, start }: StoredRow, message: string, account?: number) => {
    const of = account === undefined ? undefined : accounts[account]?.account
    const whose = of === undefined ? '' : ` of ${accountName(of)}`
    findings.tell({
      kind: 'log',
      subject: `row ${id}`,
      at: start,
      ...(of !== undefined && { account: of }),
      message: `row ${id} of the log ${message}${whose}`,
    })
  }
  return {
    tell,
    check: (row: StoredRow, entries: readonly ReadEntry[]) => {
      const { id, start, width, committedAt } = row
      if (start < last.start || (start === last.start && id <= last.id)) tell(row, `stands after row ${last.id}`)
      if (start !== last.start) widths = []
      if (!widths.includes(width)) {
        widths.push(width)
        counted.slots++
      }
      last = { start, id }
      if (id > rewrittenUpTo) counted.newer++
      if (committedAt < birth) counted.beforeBirth++
      // Where a wide slot was read in part, a row of marks alone says for how long, from the slot's beginning on.
      const isCounted = entries.some(({ counts }) => counts.some((n) => n > 0))
      if (width < 1 || (isCounted && start % width !== 0))
        tell(row, `has a slot of ${width} s that begins at ${start}, no multiple of it`)
      if (start * 1000 > committedAt) tell(row, `has a slot that begins after it was committed, at ${committedAt} ms`)
    },
    /** Two commits never say of one slot that it was read; slots of different widths may, when the clock was set back. */
    checkCovered: (row: StoredRow, account: number) => {
      const { start, width } = row
      const before = read.get(account) ?? { start: -1, end: 0, widths: [] }
      if (before.start === start && before.widths.includes(width))
        tell(row, 'says a second time that the slot was read', account)
      else if (start < before.end) counted.overlaps++
      const same = before.start === start ? before.widths : []
      read.set(account, { start, end: Math.max(before.end, start + width), widths: [...same, width] })
    },
    finish: () => {
      const missing = Math.max(0, lastRow - rewrittenUpTo) - counted.newer
      if (missing > 0) {
        const message = `${missing} of the log's rows from ${rewrittenUpTo + 1} to ${lastRow} are missing`
        findings.tell({ kind: 'log', subject: `rows ${rewrittenUpTo + 1} to ${lastRow}`, message })
      }
      const remarks = [
        ...(counted.overlaps === 0
          ? []
          : [`${counted.overlaps} slots of different widths that were read overlap: a clock went back`]),
        ...(counted.beforeBirth === 0
          ? []
          : [`${counted.beforeBirth} rows were committed before the birth of the ledger: a clock went back`]),
      ]
      return { slots: counted.slots, remarks }
    },
  }
}
