import {
  type CompiledRule,
  compileRules,
  holdFor,
  isWellAgain,
  passes,
  type RuleBook,
  refreshRules,
  type Seen,
  type Signal,
  seenBetween,
} from '@tabiji/core/alert'
import type { Condition } from '@tabiji/core/journey'
import type { Edge } from '@tabiji/core/ledger'
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
   * The rules that have something to say: those that may hold, those of which an alert is open, and those that have held
   * for a while.
   */
  verdicts(now: number, patience: Patience, open: Known, held: ReadonlyMap<string, number>): Iterable<SimpleVerdict>
}

type Known = { has(rule: string): boolean }

export function createSimpleRules({ definition, ledger }: Judge): SimpleRules {
  const book: RuleBook = compileRules(definition)
  const names = new Set(book.rules.map(({ rule }) => rule.id))
  return {
    knows: (rule) => names.has(rule),
    *verdicts(now, patience, open, held) {
      refreshRules(book, ledger.books)
      const edges = book.windows.map((window) => ledger.windowEdge(window, now))
      for (const compiled of book.rules) {
        const { id } = compiled.rule
        const isWatched = open.has(id) || held.has(id)
        const { condition, atLeast } = compiled.alert
        const { accounts } = compiled
        if (condition.kind === 'absent') {
          const unread = absentServices(compiled, ledger, patience, condition.forMs, now)
          if (!isWatched && unread.length === 0) continue
          const calm = isFresh(compiled, ledger, patience, now)
          yield { compiled, signal: signalOf(compiled, true, unread.length > 0, calm, now), unread }
          continue
        }
        const edge = edges[compiled.window] as Edge
        const seen = seenBetween(condition.subject, accounts, edge.rows, ledger.books.total.rows)
        const holds = passes(condition, seen, atLeast)
        if (!isWatched && !holds) continue
        const read = isBelieved(condition, holds)
          ? holds || isFresh(compiled, ledger, patience, now)
          : isReadSince(compiled, ledger, patience, edge, now)
        const signal = signalOf(compiled, read, holds, isWellAgain(condition, seen), now)
        const until = condition.forMs === undefined ? { signal } : holdFor(signal, held.get(id), condition.forMs)
        yield {
          compiled,
          signal: until.signal,
          seen,
          edge,
          ...(until.since !== undefined && { heldSince: until.since }),
        }
      }
    },
  }
}

/** Counts are never more than the truth: that there are too many is believed of a part, that there are too few only of the whole. */
function isBelieved({ kind }: Condition, holds: boolean): boolean {
  return kind === 'above' || !holds
}

function signalOf({ rule }: CompiledRule, read: boolean, holds: boolean, calm: boolean, now: number): Signal {
  return read ? { read, holds, calm, now, keepMs: rule.keepMs } : { read, now }
}
