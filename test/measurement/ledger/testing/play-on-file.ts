import fc from 'fast-check'
import {
  type LedgerOnFile,
  openOn,
  rowsOf,
  sumsOf,
  withoutEmptyEnd,
} from '../../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import {
  type Arrival,
  anyHistory,
  type HistoryPlan,
  playHistory,
  STEPS,
  type World,
} from '../../../../packages/core/src/ledger/testing/history.ts'

const DAY = 86_400
const WINDOWS = [60, 300, 3_600, DAY, 30 * DAY]

/** What the daemon does after it has booked a reading, besides waiting for the next. */
export type Interlude = 'go on' | 'judge' | 'checkpoint' | 'end and start again' | 'point'

const anyInterlude: fc.Arbitrary<Interlude> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('go on' as const) },
  { weight: 3, arbitrary: fc.constant('judge' as const) },
  { weight: 1, arbitrary: fc.constantFrom('checkpoint', 'end and start again', 'point') },
)

/** A history of services, and what the daemon does beside it. */
export type Play = { readonly plan: HistoryPlan; readonly interludes: readonly Interlude[] }

export const anyPlay = (rules: { readonly clock: boolean; readonly maxLength: number }): fc.Arbitrary<Play> =>
  fc.record({
    plan: anyHistory(rules),
    interludes: fc.array(anyInterlude, { minLength: 5, maxLength: 40, size: 'max' }),
  })

/** The daemon's end of a play: the ledger on its file, and the present. */
export type Stage = { readonly file: string; readonly open: LedgerOnFile; readonly now: number; readonly world: World }

/**
 * Plays a history through a ledger on a real file, which is ended and started again now and then; `check` sees the stage
 * after every step.
 *
 * @param last whether every process that lives is read once more at the end
 */
export function playOnFile(
  file: string,
  { plan, interludes }: Play,
  check: (stage: Stage) => void,
  last = false,
): World {
  let open = openInHaste(file)
  let step = 0
  const take = ({ reading, now }: Arrival, world: World) => {
    open.ledger.book([reading], now)
    const interlude = interludes[step++ % interludes.length]
    if (interlude === 'end and start again') {
      open.close()
      open = openInHaste(file)
    } else if (interlude !== undefined) interrupt(open, interlude, now)
    check({ file, open, now, world })
  }
  try {
    const world = playHistory(plan, take)
    if (last) for (const arrival of world.readAll()) take(arrival, world)
    return world
  } finally {
    open.close()
  }
}

/** These laws are about what is written, not about power cuts: waiting for the disk would only take the runs' time. */
function openInHaste(file: string): LedgerOnFile {
  const open = openOn(file)
  open.database.pragma('synchronous = OFF')
  return open
}

function interrupt({ ledger }: LedgerOnFile, interlude: Interlude, now: number): void {
  if (interlude === 'judge') for (const seconds of WINDOWS) ledger.windowEdge(seconds * 1000, now)
  if (interlude === 'checkpoint') ledger.checkpoint(now)
  // The beginning of a month in a zone nine hours ahead, as budgets by the calendar ask for it.
  if (interlude === 'point') ledger.fixedEdge('month 0', Math.floor(now / 1000 / DAY) * DAY - 9 * 3_600)
}

/** Every window as the edges in memory have it and as a walk over the log has it, by name. */
export function bothWays({ open: { ledger, store } }: Stage): readonly (readonly [string, number[][], number[][]])[] {
  const { edges, total } = ledger.books
  const walk = (from: number) => withoutEmptyEnd(sumsOf(store.rows(from, Number.MAX_SAFE_INTEGER)))
  return [
    ['total', rowsOf(total.rows), walk(0)],
    ...[...edges].map(([name, edge]) => [name, rowsOf(total.rows, edge.rows), walk(edge.at)] as const),
  ]
}

/** Everything booked, by step and outcome, as a walk over the log has it. */
export function bookedIn({ store }: LedgerOnFile): number[][] {
  const sums = sumsOf(store.rows(0, Number.MAX_SAFE_INTEGER))
  const accounts = store.accounts()
  return STEPS.map((step) => {
    const number = accounts.findIndex((account) => account.step === step)
    return [0, 1, 2, 3].map((i) => sums[number]?.[i] ?? 0)
  })
}

/** Adds tables of steps and outcomes up. */
export function sumOf(tables: readonly (readonly (readonly number[])[])[]): number[][] {
  return STEPS.map((_, step) =>
    [0, 1, 2, 3].map((i) => tables.reduce((sum, table) => sum + (table[step]?.[i] ?? 0), 0)),
  )
}
