import {
  type CompiledRule,
  type Counting,
  compileRules,
  holdFor,
  isWellAgain,
  mayHold,
  passes,
  refreshRules,
  ruleAt,
  ruleNumber,
  type Seen,
  type Signal,
  seenBetween,
} from '@tabiji/core/alert'
import type { Edge } from '@tabiji/core/ledger'
import type { LedgerView } from '../ledger/ledger.ts'
import type { Judge } from './budgets.ts'
import { absentServices, isFresh, isReadSince, type Patience } from './freshness.ts'

/** What a simple rule says now, and by what. */
export type SimpleVerdict = {
  readonly compiled: CompiledRule
  readonly signal: Signal
  /** Since when the condition has held, where it must hold for a time and holds. */
  readonly heldSince?: number
  readonly seen?: Seen
  readonly unread?: readonly string[]
  /** The beginning of the window. */
  readonly edge?: Edge
}

/** The simple rules of a file, worked out once and kept until another file is in force. */
export type SimpleRules = {
  /** Whether the file in force has the rule. */
  knows(rule: string): boolean
  /**
   * The rules that have something to say: those that may hold, and those that are watched.
   *
   * @param watched ids of the rules of which an alert is open, or that have held for a while
   * @param held since when those have held that must hold for a time, milliseconds by id
   */
  verdicts(
    now: number,
    patience: Patience,
    watched: Iterable<string>,
    held: ReadonlyMap<string, number>,
  ): Iterable<SimpleVerdict>
}

export function createSimpleRules({ definition, ledger }: Judge): SimpleRules {
  const book = compileRules(definition)
  const marks = new Uint8Array(book.alerts.length)
  return {
    knows: (rule) => ruleNumber(book, rule) !== undefined,
    *verdicts(now, patience, watched, held) {
      refreshRules(book, ledger.books)
      marks.fill(0)
      for (const id of watched) {
        const number = ruleNumber(book, id)
        if (number !== undefined) marks[number] = 1
      }
      const edges = book.windows.map((window) => ledger.windowEdge(window, now))
      const { total, coveredUntil } = ledger.books
      const at = { ledger, patience, now }
      const points = { total: total.rows, windows: edges.map(({ rows }) => rows), coveredUntil, now }
      for (let number = 0; number < marks.length; number++) {
        if (marks[number] === 0 && !mayHold(book, number, points)) continue
        const compiled = ruleAt(book, number)
        const { condition } = compiled.alert
        const verdict =
          condition.kind === 'absent'
            ? absence(compiled, condition.forMs, at)
            : counted(compiled, condition, edges[compiled.window] as Edge, held.get(compiled.rule.id), at)
        // Some services are waited for longer than the rule says.
        if (marks[number] === 1 || verdict.unread?.length !== 0) yield verdict
      }
    },
  }
}

type Moment = { readonly ledger: LedgerView; readonly patience: Patience; readonly now: number }

function absence(compiled: CompiledRule, forMs: number, { ledger, patience, now }: Moment): SimpleVerdict {
  const unread = absentServices(compiled, ledger, patience, forMs, now)
  const calm = isFresh(compiled, ledger, patience, now)
  return { compiled, signal: signalOf(compiled, true, unread.length > 0, calm, now), unread }
}

function counted(
  compiled: CompiledRule,
  condition: Counting,
  edge: Edge,
  since: number | undefined,
  { ledger, patience, now }: Moment,
): SimpleVerdict {
  const seen = seenBetween(condition.subject, compiled.accounts, edge.rows, ledger.books.total.rows)
  const holds = passes(condition, seen, compiled.alert.atLeast)
  const read = isBelieved(condition, holds)
    ? holds || isFresh(compiled, ledger, patience, now)
    : isReadSince(compiled, ledger, patience, edge, now)
  const signal = signalOf(compiled, read, holds, isWellAgain(condition, seen), now)
  const until = condition.forMs === undefined ? { signal } : holdFor(signal, since, condition.forMs)
  const heldSince = until.since === undefined ? {} : { heldSince: until.since }
  return { compiled, signal: until.signal, seen, edge, ...heldSince }
}

/** Counts are never more than the truth: that there are too many is believed of a part, that there are too few only of the whole. */
function isBelieved({ kind }: Counting, holds: boolean): boolean {
  return kind === 'above' || !holds
}

function signalOf({ rule }: CompiledRule, read: boolean, holds: boolean, calm: boolean, now: number): Signal {
  return read ? { read, holds, calm, now, keepMs: rule.keepMs } : { read, now }
}
