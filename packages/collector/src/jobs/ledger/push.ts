import type { Reading } from '@tabiji/core/ledger'
import type { PointCount, Pushed, PushIntake, PushNote } from '../../ports/intake.ts'
import type { Ingest } from './ingest.ts'
import type { Ledger } from './ledger.ts'

/** Pushes at work, and what became of their points since the start. */
export type Pushes = PushIntake & {
  /** By service and result, each in the order in which it came up first. */
  readonly counts: () => readonly PointCount[]
}

/** @param onBooked told of every reading of a push once it is on disk; additions are none */
export function createPushes(
  ledger: Pick<Ledger, 'positionOf'>,
  ingest: Pick<Ingest, 'submit'>,
  onBooked: (reading: Reading) => void,
): Pushes {
  const totals = new Map<string, PointCount>()
  return {
    take: async (pushed) => (await Promise.all(pushed.map((each) => takeOne(each, ledger, ingest, onBooked)))).flat(),
    counted: (counts) => {
      for (const { service, result, points } of counts) {
        const key = `${service}\u0000${result}`
        const before = totals.get(key)?.points ?? 0
        totals.set(key, { service, result, points: before + points })
      }
    },
    counts: () => [...totals.values()],
  }
}

const TAKEN: readonly string[] = ['taken', 'repeated', 'ignored']

/** Those that were refused: somebody should look at their sender. */
export function refusedIn(counts: readonly PointCount[]): readonly PointCount[] {
  return counts.filter(({ result }) => !TAKEN.includes(result))
}

/** All of a push is submitted in one turn, so it shares a commit. */
async function takeOne(
  { told, points, alias }: Pushed,
  ledger: Pick<Ledger, 'positionOf'>,
  ingest: Pick<Ingest, 'submit'>,
  onBooked: (reading: Reading) => void,
): Promise<readonly PushNote[]> {
  const { service } = told.speaker
  if (alias !== undefined && ledger.positionOf(alias) !== undefined) return [{ service, kind: 'two_roads', points }]
  const notes = await ingest.submit(told)
  if (!('points' in told)) onBooked(told)
  return notes.map(({ kind, points: some = points }) => ({ service, kind, points: some }))
}
