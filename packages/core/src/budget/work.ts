import type { Counts, IndicatorName } from '../journey/index.ts'
import { type Account, COLUMNS, type Role } from '../ledger/index.ts'
import { type Tally, tally } from '../slo/index.ts'

/** What one service did for a journey between two cumulative points. Bad and valid by one indicator. */
export type Work = Tally & {
  readonly service: string
  /** The journey's step, or for a dependency the service's own journey and step: `keep-photos.put`. */
  readonly step: string
  readonly counts: Counts
}

type Stretch = { readonly from: Float64Array; readonly to: Float64Array }

/**
 * What services did for a journey, one entry per account of the role: the most bad events first, of equal ones the larger
 * share, those with none by how much they did. No objective counts dependencies; this says who they were, and how they went.
 */
export function workOn(
  journey: string,
  role: Role,
  accounts: readonly Account[],
  { from, to }: Stretch,
  indicator: IndicatorName,
): readonly Work[] {
  const works = accounts.flatMap((account, number): readonly Work[] => {
    if (account.journey !== journey || account.role !== role) return []
    const at = (column: number) => (to[number * COLUMNS + column] ?? 0) - (from[number * COLUMNS + column] ?? 0)
    const counts: Counts = [at(0), at(1), at(2), at(3)]
    return [{ service: account.service, step: account.step, counts, ...tally(indicator, counts) }]
  })
  return works.sort(byBadness)
}

/**
 * The works with the most bad events; none when nothing was bad. They are several where one service fails because of
 * another: all that stand in the way of the failure have as many, and only people know which of them it began at.
 */
export function worstWorks(works: readonly Work[]): readonly Work[] {
  const most = works.reduce((max, { bad }) => Math.max(max, bad), 0)
  return most === 0 ? [] : works.filter(({ bad }) => bad === most)
}

function byBadness(a: Work, b: Work): number {
  if (a.bad !== b.bad) return b.bad - a.bad
  if (a.valid !== b.valid) return a.bad === 0 ? b.valid - a.valid : a.valid - b.valid
  const [one, other] = [`${a.service} ${a.step}`, `${b.service} ${b.step}`]
  return one < other ? -1 : one > other ? 1 : 0
}
